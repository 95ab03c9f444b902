import RecurrentLinearAlgebra

// The way back of a cell by a team. A worker's share of a step is δz_t of some units and, when the team has met, the same
// units of δs_{t−1}: the product of a step and the equations of the one before stand in one round.
extension UnfoldedCell {
    /// Some sequences of a step on the way back.
    private struct Part {
        let some: ReadingOrder.Rows
        /// True if they begin with this step, in the order in which the cell reads.
        let isBeginning: Bool
        /// δs_{t−1}, and true if something has been added to it before.
        let δs₋: MutableMatrixView<S>
        let adds: Bool
    }

    /// `backwardStates` for some steps, by one of the workers. Their states have been counted before.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func backwardStates(_ steps: Range<Int>, by member: Team.Member) {
        var member = member
        let (views, shares, δ) = (views, shares, stateGradients)
        let isReset = views.cell.shape.candidate == .afterReset
        var after: Part?
        order.forEachStep(of: steps, back: true) { step in
            let first = step.beginning.map { part($0, isBeginning: true, δ) }
            let others = part(step.continuing, isBeginning: false, δ)
            member.round { share in
                let units = shares[share]
                if let after {
                    carry(after, units, views)
                } else {
                    addCarriedGradients(to: δ, of: steps, units)
                }
                if let first { backward(first, δ, units, views) }
                backward(others, δ, units, views)
            }
            after = others
            if !isReset { return }
            member.round { share in
                let units = shares[share]
                if let first { backwardReset(first, δ, units, views) }
                backwardReset(others, δ, units, views)
            }
        }
        member.round { share in
            let units = shares[share]
            if let after { carry(after, units, views) }
            if cell.isReverse && steps.upperBound == segment.steps.upperBound {
                carryFirstGradients(
                    gradients(madeFrom: order.initialRows), views.weights.statesTransposed, units)
            }
            finishBackward(steps, units)
        }
    }

    private func part(
        _ some: ReadingOrder.Rows, isBeginning: Bool, _ δ: MutableMatrixView<S>
    ) -> Part {
        let carried = carriedStateGradients
        if isBeginning {
            return Part(some: some, isBeginning: true, δs₋: carried.rows(some.sequences), adds: false)
        }
        let leaves = some.before.lowerBound < 0
        return Part(
            some: some, isBeginning: false,
            δs₋: leaves ? carried.rows(0..<some.rows.count) : δ.rows(some.before), adds: !leaves)
    }

    /// A share of δz_t, or of what follows of it before the product of a candidate.
    private func backward(
        _ part: Part, _ δ: MutableMatrixView<S>, _ units: Range<Int>, _ views: StepViews<S>
    ) {
        if part.some.rows.isEmpty { return }
        let (cell, rows) = (views.cell, part.some.rows)
        cell.equations.backward(
            views.backwardStep(part.some, δ, into: part.δs₋.columns(units), adds: part.adds, units))
        let isReset = cell.shape.candidate == .afterReset
        clip(rows, isReset ? 0..<1 : 0..<cell.shape.blocks, units)
        if part.isBeginning && !isReset { keep(part, units) }
    }

    /// A share of the rest of δz_t where the candidate is multiplied after the reset, and of δp_t.
    private func backwardReset(
        _ part: Part, _ δ: MutableMatrixView<S>, _ units: Range<Int>, _ views: StepViews<S>
    ) {
        if part.some.rows.isEmpty { return }
        let (cell, rows) = (views.cell, part.some.rows)
        let δp = scratch(rows.count).columns(units)
        let δa_n = δZ.rows(rows).columns(0..<cell.width).readOnly
        views.weights.candidateTransposed?.multiply(δa_n, units: units, beta: 0, into: δp)
        cell.equations.backwardReset(
            views.backwardStep(part.some, δ, into: part.δs₋.columns(units), adds: part.adds, units), δp: δp)
        clip(rows, cell.shape.stateBlocks, units)
        guard part.isBeginning else { return }
        add(δp.readOnly, to: part.δs₋.columns(units), views.mask(part.some, units))
        keep(part, units)
    }

    /// A share of δs_{t−1} += drop(δz_t W_sᵀ).
    private func carry(_ part: Part, _ units: Range<Int>, _ views: StepViews<S>) {
        if part.some.rows.isEmpty { return }
        let (cell, W_sᵀ) = (views.cell, views.weights.statesTransposed)
        let δz = δZ.rows(part.some.rows).columns(cell.stateColumns)
        let (δs₋, mask) = (part.δs₋.columns(units), views.mask(part.some, units))
        guard cell.shape.candidate == .afterReset else {
            let isAdded = part.adds || cell.shape.passesState
            return carry(δz, W_sᵀ, beta: isAdded ? 1 : 0, into: δs₋, mask, units)
        }
        let δp = scratch(δz.rows).columns(units)
        W_sᵀ?.multiply(δz.readOnly, units: units, beta: 1, into: δp)
        add(δp.readOnly, to: δs₋, mask)
    }

    /// Limits the elements of a share of some blocks of δz_t.
    private func clip(_ rows: Range<Int>, _ blocks: Range<Int>, _ units: Range<Int>) {
        guard let limit = work.pass.stepLimit else { return }
        forEachBlock(blocks, units) { clip(δZ.rows(rows).columns($0), to: limit) }
    }

    /// Keeps a share of δz_t of sequences that begin, for the product of all of them.
    private func keep(_ part: Part, _ units: Range<Int>) {
        forEachBlock(0..<cell.shape.blocks, units) {
            gradients(madeFrom: part.some.before).columns($0)
                .copy(from: δZ.rows(part.some.rows).columns($0).readOnly)
        }
    }

    /// Calls `body` with the columns of some units in some blocks of a row of Z.
    private func forEachBlock(_ blocks: Range<Int>, _ units: Range<Int>, _ body: (Range<Int>) -> Void) {
        for block in blocks {
            let first = block * cell.width
            body(first + units.lowerBound..<first + units.upperBound)
        }
    }
}
