import RecurrentLinearAlgebra

// The recurrence of a cell, forwards and back, over some steps of its segment.
extension UnfoldedCell {
    /// The states of some steps, from X W_x in Z: step by step, in the order in which the cell reads,
    ///
    ///     z_t += drop(s_{t−1}) W_s
    ///     s_t from z_t, by the cell's equations
    @specialized(where S == Double)
    @specialized(where S == Float)
    func forwardStates(_ steps: Range<Int>) {
        let (b_s, W_s) = (work.pass.parameters.view(of: cell.name(.stateBias)), weights.states)
        let (equations, drops) = (cell.equations, dropsStates)
        // The first row is that of the states that a cell begins with that reads forwards.
        let (first, s) = (-order.rows.lowerBound, states(order.rows))
        order.forEachStep(of: steps) { step in
            let row = first + step.rows.lowerBound
            let s_t = s.rows(row..<row + step.rows.count)
            if let W_s {
                if let beginning = step.beginning { addRecurrent(beginning, W_s, drops, in: s, first) }
                addRecurrent(step.continuing, W_s, drops, in: s, first)
            }
            equations.forward(ForwardStep(z: s_t, bias: b_s, s: s_t))
        }
    }

    /// z_t += drop(s_{t−1}) W_s for some sequences, both being rows of `s`, counted from `first` on.
    @inline(__always)
    private func addRecurrent(
        _ some: ReadingOrder.Rows, _ W_s: Panels<S>, _ drops: Bool, in s: MutableMatrixView<S>,
        _ first: Int
    ) {
        let n = some.rows.count
        if n == 0 { return }
        let (row, before) = (first + some.rows.lowerBound, first + some.before.lowerBound)
        let (z, s_before) = (s.rows(row..<row + n), s.rows(before..<before + n).readOnly)
        guard drops else { return W_s.multiply(s_before, beta: 1, into: z) }
        scratch(n).setElementwiseProduct(s_before, mask(some.sequences))
        W_s.multiply(scratch(n).readOnly, beta: 1, into: z)
    }

    /// Backpropagation through some steps, from what the losses and the layer above left in δS; the way back has
    /// passed the steps that are read after them. Step by step, against the order in which the cell reads,
    ///
    ///     δs_t += what the segment after this one carries back
    ///     δz_t from δs_t, by the cell's equations
    ///     δs_{t−1} += drop(δz_t W_sᵀ)        at t = 1 this is ∂E/∂s_0
    @specialized(where S == Double)
    @specialized(where S == Float)
    func backwardStates(_ steps: Range<Int>) {
        let (s, δ, W_sᵀ) = (states, stateGradients, weights.statesTransposed)
        let (equations, limit, records) = (
            cell.equations, work.pass.stepLimit, work.pass.recordsStateGradients
        )
        addCarriedGradients(to: δ, of: steps)
        order.forEachStep(of: steps, back: true) { step in
            let δ_t = δ.rows(step.rows)
            if records { record(δ_t.readOnly, step: step.number) }
            equations.backward(BackwardStep(s: s.rows(step.rows).readOnly, δs: δ_t, δz: δ_t))
            if let limit { clip(δ_t, to: limit) }
            if let beginning = step.beginning {
                gradients(madeFrom: beginning.before).copy(from: δ.rows(beginning.rows).readOnly)
            }
            let (δz, before) = (δ.rows(step.continuing.rows), step.continuing.before)
            if before.lowerBound < 0 {
                carry(δz, W_sᵀ, beta: 0, into: carriedGradients(of: δz.rows))
            } else {
                carry(δz, W_sᵀ, beta: 1, into: δ.rows(before))
            }
        }
        if cell.isReverse && steps.upperBound == segment.steps.upperBound {
            carryFirstGradients(gradients(madeFrom: order.initialRows), W_sᵀ)
        }
        finishBackward(steps)
    }

    /// δs_t += ∂E/∂s as the segment after this one carries it back, at the last of some steps.
    private func addCarriedGradients(to δ: MutableMatrixView<S>, of steps: Range<Int>) {
        let end = segment.steps.upperBound
        let count = steps.upperBound == end ? segment.block.active(at: end) : 0
        if count == 0 { return }
        δ.rows(segment.rowCount - count..<segment.rowCount).add(carriedGradients(of: count).readOnly)
    }

    /// ∂E/∂s before the segment from δz_t of the steps that sequences begin with.
    func carryFirstGradients(_ δz: MutableMatrixView<S>, _ W_sᵀ: Panels<S>?) {
        carry(δz, W_sᵀ, beta: 0, into: carriedGradients(of: segment.initialRows))
    }

    /// δs_{t−1} ← drop(δz_t W_sᵀ) + β δs_{t−1}, of the last sequences of the block.
    @inline(__always)
    private func carry(
        _ δz: MutableMatrixView<S>, _ W_sᵀ: Panels<S>?, beta: S, into before: MutableMatrixView<S>
    ) {
        guard let W_sᵀ, δz.rows > 0 else { return }
        guard dropsStates else { return W_sᵀ.multiply(δz.readOnly, beta: beta, into: before) }
        let (product, N) = (scratch(δz.rows), segment.block.sequences.count)
        W_sᵀ.multiply(δz.readOnly, beta: 0, into: product)
        if beta == 0 {
            before.setElementwiseProduct(product.readOnly, mask(N - δz.rows..<N))
        } else {
            before.addElementwiseProduct(product.readOnly, mask(N - δz.rows..<N))
        }
    }

    /// The states that the gradient of W_s needs beside δZ, and counts that are made while states are in the cache.
    func finishBackward(_ steps: Range<Int>) {
        countStates(of: steps)
        if weights.statesTransposed == nil { carriedGradients(of: segment.initialRows).fill(0) }
        if !dropsStates { return }
        let (s, N) = (states, segment.block.sequences.count)
        let initial = order.initialRows
        droppedStates(initial).setElementwiseProduct(initialStates.readOnly, mask(N - initial.count..<N))
        // A step more at either end: a cell that reads backwards has its states before there.
        let seen = (steps.lowerBound - 1..<steps.upperBound + 1).clamped(to: segment.steps)
        order.forEachStep(of: seen) { step in
            droppedStates(step.rows).setElementwiseProduct(
                s.rows(step.rows).readOnly, mask(N - step.rows.count..<N))
        }
    }

    /// s_0 of the block's sequences: what the caller gave, the network's own, or zero.
    func loadInitialStates() {
        let s = initialStates
        if let given = work.pass.initialState {
            given.withView { s_0 in
                let columns = s_0.columns(cell.columns)
                for (index, sequence) in segment.block.sequences.enumerated() {
                    s.rows(index..<index + 1).copy(from: columns.rows(sequence..<sequence + 1))
                }
            }
        } else if let s_0 = work.pass.parameters.view(of: cell.name(.initialState)) {
            for index in 0..<s.rows { s.rows(index..<index + 1).copy(from: s_0) }
        } else {
            s.fill(0)
        }
    }

    /// Keeps the states of the sequences that end within the segment, of a pass without gradients.
    func keepFinalStates() {
        order.forEachEnd(within: segment.steps) { rows, sequences in
            finalStates.rows(sequences).copy(from: states.rows(rows).readOnly)
        }
    }
}
