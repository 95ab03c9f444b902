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
        let (views, parameters) = (StepViews(self), work.pass.parameters)
        let b_s = parameters.view(of: cell.name(.stateBias))
        let b_n = parameters.view(of: cell.name(.candidateBias))
        func forward(_ some: ReadingOrder.Rows) {
            if some.rows.isEmpty { return }
            forwardStep(views.forwardStep(some, bias: b_s, candidateBias: b_n), some.sequences)
        }
        order.forEachStep(of: steps) { step in
            if let beginning = step.beginning { forward(beginning) }
            forward(step.continuing)
        }
    }

    /// s_t of some sequences.
    @inline(__always)
    private func forwardStep(_ step: ForwardStep<S>, _ sequences: Range<Int>) {
        let (shape, weights) = (cell.shape, weights)
        var seen = step.s₋
        if dropsStates {
            seen = scratch(sequences.count).readOnly
            scratch(sequences.count).setElementwiseProduct(step.s₋, mask(sequences))
        }
        if let W_s = weights.states {
            let z = cell.isInPlace ? step.z : step.z.columns(cell.columns(of: shape.addedBlocks))
            W_s.multiply(seen, beta: 1, into: z)
        }
        switch shape.candidate {
        case .withOthers: break
        case .apart:
            let q = step.z.columns(cell.lastColumns)
            if let W_s = weights.candidate { W_s.multiply(seen, beta: 0, into: q) } else { q.fill(0) }
        case .afterReset:
            cell.equations.forwardReset(step.with(s₋: seen))
            weights.candidate?.multiply(
                step.z.columns(cell.lastColumns).readOnly, beta: 1, into: step.z.columns(0..<cell.width))
        }
        cell.equations.forward(step)
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
        countStates(of: steps)
        let (views, δ, records) = (StepViews(self), stateGradients, work.pass.recordsStateGradients)
        addCarriedGradients(to: δ, of: steps)
        order.forEachStep(of: steps, back: true) { step in
            if records { record(δ.rows(step.rows).readOnly, step: step.number) }
            if let first = step.beginning {
                backwardStep(
                    views.backwardStep(
                        first, δ, into: carriedGradients(of: first), adds: false,
                        δc: cellGradients(first.sequences)), first.sequences, multiplies: false)
                gradients(madeFrom: first.before).copy(from: δZ.rows(first.rows).readOnly)
            }
            let others = step.continuing
            if others.rows.isEmpty { return }
            let leaves = others.before.lowerBound < 0
            backwardStep(
                views.backwardStep(
                    others, δ, into: leaves ? carriedGradients(of: others.rows.count) : δ.rows(others.before),
                    adds: !leaves, δc: cellGradients(others.sequences)), others.sequences, multiplies: true)
        }
        if cell.isReverse && steps.upperBound == segment.steps.upperBound {
            carryFirstGradients(gradients(madeFrom: order.initialRows), weights.statesTransposed)
        }
        finishBackward(steps)
    }

    /// δz_t of some sequences, and δs_{t−1}.
    ///
    /// - Parameter multiplies: false for the steps that sequences begin with, whose product is made for all at once.
    @inline(__always)
    private func backwardStep(_ step: BackwardStep<S>, _ sequences: Range<Int>, multiplies: Bool) {
        let (shape, limit) = (cell.shape, work.pass.stepLimit)
        cell.equations.backward(step)
        if shape.candidate == .afterReset { return backwardReset(step, sequences, multiplies: multiplies) }
        if let limit { clip(step.z, to: limit) }
        if !multiplies { return }
        let δz = cell.isInPlace ? step.z : step.z.columns(cell.stateColumns)
        carry(
            δz, weights.statesTransposed, beta: step.adds || shape.passesState ? 1 : 0, into: step.δs₋,
            sequences)
    }

    /// The same where the candidate is multiplied after the reset: δs_{t−1} has a share that passes through p.
    private func backwardReset(_ step: BackwardStep<S>, _ sequences: Range<Int>, multiplies: Bool) {
        let (δa_n, δp) = (step.z.columns(0..<cell.width), scratch(sequences.count))
        let δz = step.z.columns(cell.stateColumns)
        let limit = work.pass.stepLimit
        if let limit { clip(δa_n, to: limit) }
        if let W_sᵀ = weights.candidateTransposed {
            W_sᵀ.multiply(δa_n.readOnly, beta: 0, into: δp)
        } else {
            δp.fill(0)
        }
        cell.equations.backwardReset(step, δp: δp)
        if let limit { clip(δz, to: limit) }
        if multiplies { weights.statesTransposed?.multiply(δz.readOnly, beta: 1, into: δp) }
        if dropsStates {
            step.δs₋.addElementwiseProduct(δp.readOnly, mask(sequences))
        } else {
            step.δs₋.add(δp.readOnly)
        }
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
        let N = segment.block.sequences.count
        carry(
            δz.columns(cell.stateColumns), W_sᵀ, beta: cell.shape.passesState ? 1 : 0,
            into: carriedGradients(of: segment.initialRows), N - segment.initialRows..<N)
    }

    /// δs_{t−1} ← drop(δz_t W_sᵀ) + β δs_{t−1}, of some sequences.
    @inline(__always)
    private func carry(
        _ δz: MutableMatrixView<S>, _ W_sᵀ: Panels<S>?, beta: S, into before: MutableMatrixView<S>,
        _ sequences: Range<Int>
    ) {
        guard let W_sᵀ, δz.rows > 0 else { return }
        guard dropsStates else { return W_sᵀ.multiply(δz.readOnly, beta: beta, into: before) }
        let product = scratch(δz.rows)
        W_sᵀ.multiply(δz.readOnly, beta: 0, into: product)
        if beta == 0 {
            before.setElementwiseProduct(product.readOnly, mask(sequences))
        } else {
            before.addElementwiseProduct(product.readOnly, mask(sequences))
        }
    }

    /// The states that the gradient of W_s needs beside δZ.
    func finishBackward(_ steps: Range<Int>) {
        if weights.statesTransposed == nil && !cell.shape.passesState {
            carriedGradients(of: segment.initialRows).fill(0)
        }
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
}
