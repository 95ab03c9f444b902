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
        let views = views
        views.turn(to: self)
        order.forEachStep(of: steps) { step in
            if let beginning = step.beginning { forward(beginning, views) }
            forward(step.continuing, views)
        }
    }

    /// s_t of some sequences.
    private func forward(_ some: ReadingOrder.Rows, _ views: StepViews<S>) {
        if some.rows.isEmpty { return }
        if views.cell.isInPlace { return forwardInPlace(some, views) }
        let (cell, step) = (views.cell, views.forwardStep(some))
        let seen = seen(step.s₋, some.sequences, views)
        views.weights.states?.multiply(
            seen, beta: 1, into: step.z.columns(cell.columns(of: cell.shape.addedBlocks)))
        if cell.shape.candidate != .withOthers { multiplyCandidate(step, seen, views) }
        cell.equations.forward(step)
    }

    /// The same where z_t stands in the place of s_t, without views that are not needed.
    @inline(__always)
    private func forwardInPlace(_ some: ReadingOrder.Rows, _ views: StepViews<S>) {
        let (s₋, s) = (views.states(some.before).readOnly, views.states(some.rows))
        views.weights.states?.multiply(seen(s₋, some.sequences, views), beta: 1, into: s)
        views.cell.equations.forward(
            ForwardStep(z: s, bias: views.bias, candidateBias: nil, s₋: s₋, s: s, c: nil))
    }

    /// s_{t−1} as W_s sees it.
    @inline(__always)
    private func seen(
        _ s₋: MatrixView<S>, _ sequences: Range<Int>, _ views: StepViews<S>
    ) -> MatrixView<S> {
        guard let mask = views.mask else { return s₋ }
        scratch(s₋.rows).setElementwiseProduct(s₋, mask.rows(sequences))
        return scratch(s₋.rows).readOnly
    }

    /// The product of a candidate's own weights: of s_{t−1}, or after the reset.
    private func multiplyCandidate(_ step: ForwardStep<S>, _ seen: MatrixView<S>, _ views: StepViews<S>) {
        let (cell, W_s) = (views.cell, views.weights.candidate)
        let last = step.z.columns(cell.lastColumns)
        if cell.shape.candidate == .apart {
            return W_s?.multiply(seen, beta: 0, into: last) ?? last.fill(0)
        }
        cell.equations.forwardReset(step.with(s₋: seen))
        W_s?.multiply(last.readOnly, beta: 1, into: step.z.columns(0..<cell.width))
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
        let (δ, δZ, pass) = (stateGradients, δZ, work.pass)
        let (records, limit) = (pass.recordsStateGradients, pass.stepLimit)
        let views = views
        views.turn(to: self)
        let carried = carriedStateGradients
        addCarriedGradients(to: δ, of: steps)
        order.forEachStep(of: steps, back: true) { step in
            if records { record(δ.rows(step.rows).readOnly, step: step.number) }
            if let first = step.beginning {
                let into = carried.rows(first.sequences)
                backward(first, δ, into: into, adds: false, views, limit, multiplies: false)
                gradients(madeFrom: first.before).copy(from: δZ.rows(first.rows).readOnly)
            }
            let others = step.continuing
            let leaves = others.before.lowerBound < 0
            let into = leaves ? carried.rows(0..<others.rows.count) : δ.rows(others.before)
            backward(others, δ, into: into, adds: !leaves, views, limit, multiplies: true)
        }
        if cell.isReverse && steps.upperBound == segment.steps.upperBound {
            carryFirstGradients(gradients(madeFrom: order.initialRows), weights.statesTransposed)
        }
        finishBackward(steps)
    }

    /// δz_t of some sequences, and δs_{t−1}.
    ///
    /// - Parameters:
    ///   - δ: δS of the segment.
    ///   - δs₋: δs_{t−1}, which is added to or set.
    ///   - multiplies: false for the steps that sequences begin with, whose product is made for all at once.
    private func backward(
        _ some: ReadingOrder.Rows, _ δ: MutableMatrixView<S>, into δs₋: MutableMatrixView<S>, adds: Bool,
        _ views: StepViews<S>, _ limit: S?, multiplies: Bool
    ) {
        if some.rows.isEmpty { return }
        let (cell, mask) = (views.cell, views.mask?.rows(some.sequences))
        let δz: MutableMatrixView<S>
        if cell.isInPlace {
            // δz_t takes the place of δs_t.
            δz = δ.rows(some.rows)
            let (s₋, s) = (views.states(some.before).readOnly, views.states(some.rows).readOnly)
            cell.equations.backward(
                BackwardStep(z: δz, s₋: s₋, s: s, δs: δz, δs₋: δs₋, adds: adds, c: nil))
            if let limit { clip(δz, to: limit) }
        } else {
            let step = views.backwardStep(some, δ, into: δs₋, adds: adds)
            cell.equations.backward(step)
            if cell.shape.candidate == .afterReset {
                return backwardReset(step, mask, views, limit, multiplies: multiplies)
            }
            if let limit { clip(step.z, to: limit) }
            δz = step.z.columns(cell.stateColumns)
        }
        if !multiplies { return }
        carry(
            δz, views.weights.statesTransposed, beta: adds || cell.shape.passesState ? 1 : 0, into: δs₋, mask)
    }

    /// The same where the candidate is multiplied after the reset: δs_{t−1} has a share that passes through p.
    private func backwardReset(
        _ step: BackwardStep<S>, _ mask: MatrixView<S>?, _ views: StepViews<S>, _ limit: S?,
        multiplies: Bool
    ) {
        let (δa_n, δz) = (step.z.columns(0..<cell.width), step.z.columns(cell.stateColumns))
        let δp = scratch(step.z.rows)
        if let limit { clip(δa_n, to: limit) }
        views.weights.candidateTransposed?.multiply(δa_n.readOnly, beta: 0, into: δp) ?? δp.fill(0)
        cell.equations.backwardReset(step, δp: δp)
        if let limit { clip(δz, to: limit) }
        if multiplies { views.weights.statesTransposed?.multiply(δz.readOnly, beta: 1, into: δp) }
        add(δp.readOnly, to: step.δs₋, mask)
    }
}

// Pieces of the way back, of all units or of those that are one worker's share.
extension UnfoldedCell {
    /// δs_t += ∂E/∂s as the segment after this one carries it back, at the last of some steps.
    func addCarriedGradients(
        to δ: MutableMatrixView<S>, of steps: Range<Int>, _ units: Range<Int>? = nil
    ) {
        let end = segment.steps.upperBound
        let count = steps.upperBound == end ? segment.block.active(at: end) : 0
        if count == 0 { return }
        let units = units ?? 0..<cell.width
        δ.rows(segment.rowCount - count..<segment.rowCount).columns(units)
            .add(carriedGradients(of: count).columns(units).readOnly)
    }

    /// ∂E/∂s before the segment from δz_t of the steps that sequences begin with.
    func carryFirstGradients(
        _ δz: MutableMatrixView<S>, _ W_sᵀ: Panels<S>?, _ units: Range<Int>? = nil
    ) {
        let (N, n) = (segment.block.sequences.count, segment.initialRows)
        let mask = dropsStates ? mask(N - n..<N) : nil
        let (before, isAdded) = (carriedGradients(of: n), cell.shape.passesState)
        carry(
            δz.columns(cell.stateColumns), W_sᵀ, beta: isAdded ? 1 : 0,
            into: units.map(before.columns) ?? before, units.map { mask?.columns($0) } ?? mask, units)
    }

    /// δs_{t−1} ← drop(δz_t W_sᵀ) + β δs_{t−1}, of some sequences.
    ///
    /// - Parameters:
    ///   - before: δs_{t−1} of the units.
    ///   - mask: the factors of the units' states.
    @inline(__always)
    func carry(
        _ δz: MutableMatrixView<S>, _ W_sᵀ: Panels<S>?, beta: S, into before: MutableMatrixView<S>,
        _ mask: MatrixView<S>?, _ units: Range<Int>? = nil
    ) {
        guard let W_sᵀ, δz.rows > 0 else { return }
        guard let mask else { return W_sᵀ.multiply(δz.readOnly, units: units, beta: beta, into: before) }
        let product = scratch(δz.rows).columns(units ?? 0..<cell.width)
        W_sᵀ.multiply(δz.readOnly, units: units, beta: 0, into: product)
        if beta == 0 {
            before.setElementwiseProduct(product.readOnly, mask)
        } else {
            before.addElementwiseProduct(product.readOnly, mask)
        }
    }

    /// δs_{t−1} += drop(δp_t).
    func add(_ δp: MatrixView<S>, to before: MutableMatrixView<S>, _ mask: MatrixView<S>?) {
        if let mask {
            before.addElementwiseProduct(δp, mask)
        } else {
            before.add(δp)
        }
    }

    /// The states that the gradient of W_s needs beside δZ.
    func finishBackward(_ steps: Range<Int>, _ units: Range<Int>? = nil) {
        let units = units ?? 0..<cell.width
        if weights.statesTransposed == nil && !cell.shape.passesState {
            carriedGradients(of: segment.initialRows).fill(0)
        }
        if !dropsStates { return }
        drop(order.initialRows, units)
        // A step more at either end: a cell that reads backwards has its states before there.
        let seen = (steps.lowerBound - 1..<steps.upperBound + 1).clamped(to: segment.steps)
        order.forEachStep(of: seen) { drop($0.rows, units) }
    }

    /// Some rows of the states as W_s sees them: those of the last sequences of the block.
    func drop(_ rows: Range<Int>, _ units: Range<Int>) {
        let N = segment.block.sequences.count
        droppedStates(rows).columns(units).setElementwiseProduct(
            states(rows).columns(units).readOnly, mask(N - rows.count..<N).columns(units))
    }
}
