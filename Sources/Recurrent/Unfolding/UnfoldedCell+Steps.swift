import LinearAlgebra

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

    /// Where X W_x of some steps goes, in the order of the block's rows.
    func inputProducts(_ steps: Range<Int>) -> MutableMatrixView<S> {
        (cell.isReverse ? inInputOrder : states).rows(segment.rows(steps))
    }

    /// For a cell that reads backwards: X W_x of some steps moved to where the states will be.
    func takeInputProducts(_ steps: Range<Int>) {
        let rows = segment.rows(steps)
        states.placeRows(of: inInputOrder.rows(rows).readOnly, at: segment.block.mirror[rows])
    }

    /// The states of some steps of the segment, from X W_x in their place:
    ///
    ///     z_t += s_{t−1} W_s + b_s         step by step
    ///     s_t = Φ(z_t)
    @specialized(where S == Double)
    @specialized(where S == Float)
    func runStates(_ steps: Range<Int>, _ pass: UnfoldingPass<S>, _ weights: CellWeights<S>) {
        let b_s = pass.network.parameters.view(of: cell.name(.stateBias))
        let (all, W_s) = (allStates, weights.states)
        for run in segment.block.runs {
            guard let run = run.within(steps) else { continue }
            let n = run.sequences
            for step in run.steps {
                let row = segment.initialRows + run.row(step: step) - segment.firstRow
                let s = all.rows(row..<row + n)
                let before = all.rows(row - n..<row).readOnly
                if dropsStates {
                    scratch(n).setProduct(before, mask(n))
                    W_s?.multiply(scratch(n).readOnly, beta: 1, into: s)
                } else {
                    W_s?.multiply(before, beta: 1, into: s)
                }
                cell.activation.apply(to: s, afterAdding: b_s)
            }
        }
    }

    /// Backpropagation through the steps of the segment, from what the losses and the layer above left in
    /// `stateGradients`:
    ///
    ///     δs_t += what the segment after this one carries back
    ///     δz_t = δs_t ⊙ Φ'(z_t)            step by step, backwards
    ///     δs_{t−1} += δz_t W_sᵀ            ends with what is carried on: at t = 1, ∂E/∂s_0
    @specialized(where S == Double)
    @specialized(where S == Float)
    func runBackward(_ pass: UnfoldingPass<S>, _ weights: CellWeights<S>) {
        let (s, δ, W_sᵀ) = (states, stateGradients, weights.statesTransposed)
        let carried = segment.block.active(at: segment.steps.upperBound)
        if carried > 0 {
            δ.rows(segment.rowCount - carried..<segment.rowCount).add(carriedGradient(carried).readOnly)
        }
        for run in segment.block.runs.reversed() {
            guard let run = run.within(segment.steps) else { continue }
            let n = run.sequences
            for step in run.steps.reversed() {
                let rows = segment.rows(of: run, step: step)
                let δz = δ.rows(rows)
                if pass.recordsStateGradients { record(δz.readOnly, step: step) }
                cell.activation.multiplyByDerivative(δz, at: s.rows(rows).readOnly)
                if let limit = pass.stepLimit { clip(δz, to: limit) }
                if rows.lowerBound > 0 {
                    carry(δz, W_sᵀ, beta: 1, into: δ.rows(rows.lowerBound - n..<rows.lowerBound))
                } else {
                    carry(δz, W_sᵀ, beta: 0, into: carriedGradient(n))
                }
            }
        }
        finishBackward(W_sᵀ)
    }

    /// What the gradients need beside δz_t.
    func finishBackward(_ W_sᵀ: Panels<S>?) {
        if W_sᵀ == nil { carriedGradient(segment.initialRows).fill(0) }
        if cell.isReverse {
            inInputOrder.copyRows(of: stateGradients.readOnly, at: segment.block.mirror[...])
        }
        if dropsStates { dropStates() }
    }

    /// δs_{t−1} ← δz_t W_sᵀ + β δs_{t−1}
    @inline(__always)
    func carry(
        _ δz: MutableMatrixView<S>, _ W_sᵀ: Panels<S>?, beta: S, into before: MutableMatrixView<S>
    ) {
        guard dropsStates, let W_sᵀ else {
            W_sᵀ?.multiply(δz.readOnly, beta: beta, into: before)
            return
        }
        let product = scratch(δz.rows)
        W_sᵀ.multiply(δz.readOnly, beta: 0, into: product)
        if beta == 0 {
            before.setProduct(product.readOnly, mask(δz.rows))
        } else {
            before.addProduct(product.readOnly, mask(δz.rows))
        }
    }

    func clip(_ δz: MutableMatrixView<S>, to limit: S) {
        guard δz.readOnly.largestMagnitude > limit else { return }
        δz.clamp(to: limit)
        wasClipped = true
    }

    /// The states as W_s saw them.
    private func dropStates() {
        let (all, dropped) = (allStates, droppedStates)
        let initial = 0..<segment.initialRows
        dropped.rows(initial).setProduct(all.rows(initial).readOnly, mask(segment.initialRows))
        for run in segment.block.runs {
            guard let run = run.within(segment.steps) else { continue }
            for step in run.steps {
                let rows = segment.rows(of: run, step: step)
                let range = segment.initialRows + rows.lowerBound..<segment.initialRows + rows.upperBound
                dropped.rows(range).setProduct(all.rows(range).readOnly, mask(run.sequences))
            }
        }
    }
}
