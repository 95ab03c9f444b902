import RecurrentLinearAlgebra

extension UnfoldedCell {
    /// s_0 of the block's sequences: what the caller gave, the network's own, or zero.
    func loadInitialStates(_ pass: UnfoldingPass<S>) {
        let s = initialStates
        if let given = pass.initialState {
            given.withView { s_0 in
                let columns = s_0.columns(cell.columns)
                for (index, sequence) in segment.block.sequences.enumerated() {
                    s.rows(index..<index + 1).copy(from: columns.rows(sequence..<sequence + 1))
                }
            }
        } else if let s_0 = pass.network.parameters.view(of: cell.name(.initialState)) {
            for index in 0..<s.rows { s.rows(index..<index + 1).copy(from: s_0) }
        } else {
            s.fill(0)
        }
    }

    /// The states of some steps of the segment, from X W_x in their place:
    ///
    ///     z_t += s_{t−1} W_s + b_s         step by step, in the order in which the cell reads
    ///     s_t = Φ(z_t)
    @specialized(where S == Double)
    @specialized(where S == Float)
    func runStates(_ steps: Range<Int>, _ pass: UnfoldingPass<S>, _ weights: CellWeights<S>) {
        let (b_s, W_s) = (pass.network.parameters.view(of: cell.name(.stateBias)), weights.states)
        let (initial, N, drops) = (initialStates, segment.block.sequences.count, dropsStates)
        // Of a cell that reads forwards the states that it begins with are the first rows.
        let first = cell.isReverse ? 0 : segment.initialRows
        let s = states(-first..<segment.rowCount)
        segment.forEachStep(of: steps, backwards: cell.isReverse) { step in
            let (row, n, goingOn) = (first + step.rows.lowerBound, step.rows.count, step.goingOn)
            let s_t = s.rows(row..<row + n)
            if let W_s {
                if cell.isReverse {
                    // Sequences that end with this step begin here; the others come from the step after it.
                    let ended = N - n..<N - goingOn
                    addRecurrent(
                        initial.rows(ended).readOnly, W_s, ended, drops, to: s_t.rows(0..<n - goingOn))
                    let later = s.rows(row + n..<row + n + goingOn).readOnly
                    addRecurrent(later, W_s, N - goingOn..<N, drops, to: s_t.rows(n - goingOn..<n))
                } else {
                    addRecurrent(s.rows(row - n..<row).readOnly, W_s, N - n..<N, drops, to: s_t)
                }
            }
            cell.activation.apply(to: s_t, afterAdding: b_s)
        }
    }

    /// z_t += s_{t−1} W_s for some of the block's sequences.
    @inline(__always)
    private func addRecurrent(
        _ before: MatrixView<S>, _ W_s: Panels<S>, _ sequences: Range<Int>, _ drops: Bool,
        to z: MutableMatrixView<S>
    ) {
        if z.rows == 0 { return }
        guard drops else { return W_s.multiply(before, beta: 1, into: z) }
        scratch(z.rows).setProduct(before, mask(sequences))
        W_s.multiply(scratch(z.rows).readOnly, beta: 1, into: z)
    }

    /// Backpropagation through some steps of the segment, from what the losses and the layer above left in
    /// `stateGradients`; the steps that are read after them have been taken back:
    ///
    ///     δs_t += what the segment after this one carries back
    ///     δz_t = δs_t ⊙ Φ'(z_t)            step by step, against the order in which the cell reads
    ///     δs_{t−1} += δz_t W_sᵀ            ends with what is carried on: at t = 1, ∂E/∂s_0
    @specialized(where S == Double)
    @specialized(where S == Float)
    func runBackward(_ steps: Range<Int>, _ pass: UnfoldingPass<S>, _ weights: CellWeights<S>) {
        let (s, δ, W_sᵀ) = (states, stateGradients, weights.statesTransposed)
        let end = segment.steps.upperBound
        let carried = steps.upperBound == end ? segment.block.active(at: end) : 0
        if carried > 0 {
            δ.rows(segment.rowCount - carried..<segment.rowCount).add(carriedGradient(carried).readOnly)
        }
        segment.forEachStep(of: steps, backwards: !cell.isReverse) { step in
            let (rows, n, goingOn) = (step.rows, step.rows.count, step.goingOn)
            let δz = δ.rows(rows)
            if pass.recordsStateGradients { record(δz.readOnly, step: step.number) }
            cell.activation.multiplyByDerivative(δz, at: s.rows(rows).readOnly)
            if let limit = pass.stepLimit { clip(δz, to: limit) }
            if cell.isReverse {
                let N = segment.block.sequences.count
                firstGradients.rows(N - n..<N - goingOn).copy(from: δz.rows(0..<n - goingOn).readOnly)
                let later = δ.rows(rows.upperBound..<rows.upperBound + goingOn)
                carry(δz.rows(n - goingOn..<n), W_sᵀ, beta: 1, into: later)
            } else if rows.lowerBound > 0 {
                carry(δz, W_sᵀ, beta: 1, into: δ.rows(rows.lowerBound - n..<rows.lowerBound))
            } else {
                carry(δz, W_sᵀ, beta: 0, into: carriedGradient(n))
            }
        }
        if cell.isReverse && steps.upperBound == segment.steps.upperBound {
            carry(firstGradients, W_sᵀ, beta: 0, into: carriedGradient(segment.initialRows))
        }
        finishBackward(steps, W_sᵀ)
    }

    /// What the gradients of some steps need beside δz_t, and what is counted while the states are in the cache.
    func finishBackward(_ steps: Range<Int>, _ W_sᵀ: Panels<S>?) {
        countStates(steps)
        if W_sᵀ == nil { carriedGradient(segment.initialRows).fill(0) }
        if dropsStates { dropStates(steps.lowerBound - 1..<steps.upperBound + 1) }
    }

    /// δs_{t−1} ← δz_t W_sᵀ + β δs_{t−1}, of the last sequences of the block.
    @inline(__always)
    func carry(
        _ δz: MutableMatrixView<S>, _ W_sᵀ: Panels<S>?, beta: S, into before: MutableMatrixView<S>
    ) {
        guard let W_sᵀ, δz.rows > 0 else { return }
        guard dropsStates else { return W_sᵀ.multiply(δz.readOnly, beta: beta, into: before) }
        let (product, N) = (scratch(δz.rows), segment.block.sequences.count)
        W_sᵀ.multiply(δz.readOnly, beta: 0, into: product)
        if beta == 0 {
            before.setProduct(product.readOnly, mask(N - δz.rows..<N))
        } else {
            before.addProduct(product.readOnly, mask(N - δz.rows..<N))
        }
    }

    func clip(_ δz: MutableMatrixView<S>, to limit: S) {
        guard δz.readOnly.largestMagnitude > limit else { return }
        δz.clamp(to: limit)
        wasClipped = true
    }

    /// The states of some steps as W_s saw them.
    private func dropStates(_ steps: Range<Int>) {
        let (s, N, n) = (states, segment.block.sequences.count, segment.initialRows)
        droppedStates(-n..<0).setProduct(initialStates.readOnly, mask(N - n..<N))
        segment.forEachStep(of: steps.clamped(to: segment.steps), backwards: false) { step in
            let rows = step.rows
            droppedStates(rows).setProduct(s.rows(rows).readOnly, mask(N - rows.count..<N))
        }
    }
}
