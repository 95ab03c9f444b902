/// One step of one cell: what goes in, what the cell's functions are applied to, and what comes out.
struct NaiveStep {
    let x: [Double]
    /// s₋ and c₋, those of the step before in the order in which the cell reads; there is a c in LSTM cells only.
    let sBefore: [Double]
    let cBefore: [Double]
    /// Factors of s₋ where W_s reads it.
    let mask: [Double]
    /// The arguments of the functions, in the columns of b_s; z of an Elman or LSTM cell.
    var argument: [Double]
    /// What the reset gate of a GRU multiplies, if it comes after the product.
    var q: [Double]
    var s: [Double]
    var c: [Double]

    init(_ cell: NaiveCell, x: [Double], s: [Double], c: [Double], mask: [Double]) {
        (self.x, sBefore, cBefore, self.mask) = (x, s, c, mask)
        argument = cell.bs
        q = cell.bn
        (self.s, self.c) = (s, c)
    }

    /// s₋ as W_s reads it.
    var dropped: [Double] { sBefore.indices.map { sBefore[$0] * mask[$0] } }
}

/// The gradients of what goes into a step.
struct NaiveStepGradient {
    var x: [Double]
    var s: [Double]
    /// Of s₋ as W_s reads it.
    var dropped: [Double]
    var c: [Double]

    init(_ step: NaiveStep) {
        x = step.x.map { _ in 0 }
        s = step.s.map { _ in 0 }
        dropped = s
        c = step.c.map { _ in 0 }
    }
}

extension NaiveNetwork {
    func forward(_ cell: NaiveCell, _ step: inout NaiveStep) {
        switch cell.equations {
        case .elman(let activation): elman(cell, activation, &step)
        case .lstm: lstm(cell, &step)
        case .gruResetAfter: gruResetAfter(cell, &step)
        case .gruResetBefore: gruResetBefore(cell, &step)
        }
    }

    /// The gradients of what goes into a step, given ∂E/∂s and ∂E/∂c; those of the weights are added to `sums`.
    func backward(
        _ cell: NaiveCell, _ step: NaiveStep, ds: [Double], dc: [Double], into sums: inout NaiveCellGradient
    ) -> NaiveStepGradient {
        var before = NaiveStepGradient(step)
        switch cell.equations {
        case .elman(let activation): elmanBackward(cell, activation, step, ds, &before, &sums)
        case .lstm: lstmBackward(cell, step, ds, dc, &before, &sums)
        case .gruResetAfter: gruResetAfterBackward(cell, step, ds, &before, &sums)
        case .gruResetBefore: gruResetBeforeBackward(cell, step, ds, &before, &sums)
        }
        for h in 0..<cell.H { before.s[h] += before.dropped[h] * step.mask[h] }
        return before
    }

    /// Σ_i row_i W_ij
    func product(_ row: [Double], _ W: [[Double]], _ j: Int) -> Double {
        var sum = 0.0
        for i in row.indices { sum += row[i] * W[i][j] }
        return sum
    }

    /// The gradients of the row and of W in Σ_i row_i W_ij, given that of the sum.
    func productBackward(
        _ d: Double, _ row: [Double], _ W: [[Double]], _ j: Int, _ dRow: inout [Double],
        _ dW: inout [[Double]]
    ) {
        for i in row.indices {
            dRow[i] += d * W[i][j]
            dW[i][j] += d * row[i]
        }
    }
}
