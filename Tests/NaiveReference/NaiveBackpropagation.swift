extension NaiveNetwork {
    /// E = Σ weight_t E_t and its gradients. Each E_t is followed back through `history` steps; through all if nil.
    public func run(_ sequences: [NaiveSequence], _ loss: NaiveLoss, history: Int? = nil) -> NaiveResult {
        func zeros(_ rows: [[Double]]) -> [[Double]] { rows.map { $0.map { _ in 0 } } }
        var result = NaiveResult(
            s: layers.map { $0.map { _ in [] } }, c: layers.map { $0.map { _ in [] } },
            cells: layers.map {
                $0.map {
                    NaiveCellGradient(
                        Wx: zeros($0.Wx), Ws: zeros($0.Ws), bs: $0.bs.map { _ in 0 },
                        bn: $0.bn.map { _ in 0 })
                }
            }, embedding: embedding.map(zeros), Wy: zeros(Wy), by: by.map { _ in 0 })
        for sequence in sequences { run(sequence, loss, history, into: &result) }
        return result
    }

    private func run(
        _ sequence: NaiveSequence, _ loss: NaiveLoss, _ history: Int?, into result: inout NaiveResult
    ) {
        let pass = NaiveForwardPass(self, sequence)
        let (N, outputs) = (sequence.x.count, pass.y.count)
        for l in layers.indices {
            for direction in layers[l].indices {
                let steps = pass.inOrder(l, direction)
                result.s[l][direction].append(steps.map { $0.s })
                result.c[l][direction].append(steps.map { $0.c })
                result.cells[l][direction].s0.append(steps[0].s.map { _ in 0 })
                result.cells[l][direction].c0.append(steps[0].c.map { _ in 0 })
            }
        }
        result.a.append(pass.a)
        result.y.append(pass.y)
        result.x.append(sequence.x.map { $0.map { _ in 0 } })

        var all = [[Double]](repeating: Wy.map { _ in 0 }, count: N)
        func target(_ t: Int) -> NaiveTarget {
            NaiveTarget(
                d: sequence.d[t],
                weight: sequence.valueWeight.isEmpty ? sequence.d[t].map { _ in 1 } : sequence.valueWeight[t])
        }
        for t in 0..<outputs {
            if sequence.weight[t] != 0 {
                result.E += sequence.weight[t] * value(loss, pass.y[t], target(t))
            }
            let da = δa(loss, pass.y[t], target(t), weight: sequence.weight[t])
            var dh = [[Double]](repeating: Wy.map { _ in 0 }, count: N)
            for o in 0..<O {
                result.by[o] += da[o]
                for h in Wy.indices { result.Wy[h][o] += pass.read[t][h] * da[o] }
            }
            var dread = Wy.map { row in (0..<O).reduce(0.0) { $0 + da[$1] * row[$1] } }
            if !sequence.readOutMask.isEmpty {
                for h in dread.indices { dread[h] *= sequence.readOutMask[t][h] }
            }
            switch readOut {
            case .everyStep:
                dh[t] = dread
                all[t] = dread
            case .meanOverSteps: dh = dh.map { _ in dread.map { $0 / Double(N) } }
            case .lastStep:
                // Each direction ends at its own last step.
                for (direction, cell) in layers[layers.count - 1].enumerated() {
                    for h in columns(direction, of: cell) { dh[cell.isReverse ? 0 : N - 1][h] = dread[h] }
                }
            }
            // With a history each loss has its own horizon and is followed back alone.
            if let history { backward(pass, dh, first: max(0, t - history + 1), into: &result) }
            if readOut != .everyStep { all = dh }
        }
        if history == nil { backward(pass, all, first: 0, into: &result) }
    }

    /// The columns of a cell's state in its layer's output.
    func columns(_ direction: Int, of cell: NaiveCell) -> Range<Int> {
        let first = addsDirections ? 0 : direction * cell.H
        return first..<first + cell.H
    }

    /// Backpropagation from ∂E/∂(top layer's outputs) down to the inputs, for the steps from `first` on.
    private func backward(
        _ pass: NaiveForwardPass, _ top: [[Double]], first: Int, into result: inout NaiveResult
    ) {
        let N = top.count
        let number = result.x.count - 1
        var dh = top
        for l in layers.indices.reversed() {
            if l < layers.count - 1, !pass.sequence.outputMask.isEmpty {
                for t in 0..<N { for h in dh[t].indices { dh[t][h] *= pass.sequence.outputMask[l][t][h] } }
            }
            var dx = pass.inOrder(l, 0).map { $0.x.map { _ in 0.0 } }
            for (direction, cell) in layers[l].enumerated() {
                let columns = columns(direction, of: cell)
                let lastOnly = l == layers.count - 1 && readOut == .lastStep && addsDirections
                let (order, steps) = (pass.order(cell), pass.steps[l][direction])
                var (carried, carriedC) = (steps[0].s.map { _ in 0.0 }, steps[0].c.map { _ in 0.0 })
                for place in order.indices.reversed() where order[place] >= first {
                    let t = order[place]
                    var ds = columns.map { dh[t][$0] + carried[$0 - columns.lowerBound] }
                    // If directions are added, the last step of the other direction is not this one's.
                    if lastOnly && place != N - 1 { ds = carried }
                    let before = backward(
                        cell, steps[place], ds: ds, dc: carriedC, into: &result.cells[l][direction])
                    for i in dx[t].indices { dx[t][i] += before.x[i] }
                    (carried, carriedC) = (before.s, before.c)
                    if place == 0 {
                        for h in carried.indices { result.cells[l][direction].s0[number][h] += carried[h] }
                        for h in carriedC.indices { result.cells[l][direction].c0[number][h] += carriedC[h] }
                    }
                }
            }
            dh = dx
        }
        for t in 0..<N {
            if let embedding {
                for v in embedding.indices where pass.sequence.x[t][v] != 0 {
                    for e in embedding[v].indices { result.embedding![v][e] += dh[t][e] }
                }
            } else {
                for i in dh[t].indices { result.x[number][t][i] += dh[t][i] }
            }
        }
    }
}
