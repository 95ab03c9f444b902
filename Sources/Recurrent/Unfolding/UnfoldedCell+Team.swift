import RecurrentLinearAlgebra

// The recurrence of a cell by a team of workers. Every one of them goes through all steps; what it computes of a step is
// its share: the gates, states and gradients of some units. The workers meet once a step each way, twice where a
// candidate is multiplied after the reset. The terms of every sum are those of one worker alone, in the same order.
extension UnfoldedCell {
    /// The shares for a team that goes through the segment; by one thread, before the workers begin.
    func enterTeam(shares: Int) {
        views.turn(to: self)
        let panel = weights.statesTransposed?.sharedWidth ?? weights.states?.sharedWidth ?? cell.width
        self.shares = UnitShares(units: cell.width, panel: panel, count: shares)
        if team.capacity < shares { team = Team(capacity: shares) }
        team.begin(shares: shares)
        if dropsStates { drop(order.initialRows, 0..<cell.width) }
    }

    /// `forwardStates` for all steps of the segment, by one of the workers.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func forwardStates(by member: Team.Member) {
        if weights.states?.sums != nil { return forwardRows(by: member) }
        var member = member
        let (views, shares, segment) = (views, shares, segment)
        let isReset = views.cell.shape.candidate == .afterReset
        order.forEachStep(of: segment.steps) { step in
            member.round { share in
                let units = shares[share]
                if let beginning = step.beginning { forward(beginning, units, views) }
                forward(step.continuing, units, views)
            }
            if !isReset { return }
            member.round { share in
                let units = shares[share]
                if let beginning = step.beginning { forwardAfterReset(beginning, units, views) }
                forwardAfterReset(step.continuing, units, views)
            }
        }
    }

    /// A share of s_t of some sequences; of p_t where the candidate is multiplied after the reset.
    private func forward(_ some: ReadingOrder.Rows, _ units: Range<Int>, _ views: StepViews<S>) {
        if some.rows.isEmpty { return }
        let (cell, seen) = (views.cell, statesSeen(some.before))
        views.weights.states?.multiply(
            seen, units: units, beta: 1, into: views.gates(some.rows, cell.shape.addedBlocks, units))
        if cell.shape.candidate == .afterReset {
            let step = views.forwardStep(some, units)
            return cell.equations.forwardReset(step.with(s₋: seen.columns(units)))
        }
        if cell.shape.candidate == .apart {
            views.weights.candidate?.multiply(
                seen, units: units, beta: 0, into: views.gates(some.rows, cell.shape.lastBlock, units))
        }
        finishForward(some, units, views)
    }

    /// A share of s_t, from p_t.
    private func forwardAfterReset(_ some: ReadingOrder.Rows, _ units: Range<Int>, _ views: StepViews<S>) {
        if some.rows.isEmpty { return }
        let p = views.gates(some.rows, views.cell.shape.lastBlock, 0..<views.cell.width).readOnly
        views.weights.candidate?.multiply(
            p, units: units, beta: 1, into: views.gates(some.rows, 0..<1, units))
        finishForward(some, units, views)
    }

    /// A share of s_t from z_t, and of s_t as W_s sees it in the next step.
    private func finishForward(_ some: ReadingOrder.Rows, _ units: Range<Int>, _ views: StepViews<S>) {
        let step = views.forwardStep(some, units)
        views.cell.equations.forward(step)
        guard let mask = views.mask(some, units) else { return }
        droppedStates(some.rows).columns(units).setElementwiseProduct(step.s.readOnly, mask)
    }
}

// A single sequence. A share of a product is that of some terms, those of the worker's own units, whose sums are added up
// when all workers have theirs.
extension UnfoldedCell {
    private func forwardRows(by member: Team.Member) {
        var member = member
        let (views, shares, segment) = (views, shares, segment)
        let isReset = views.cell.shape.candidate == .afterReset
        var (before, number) = (ReadingOrder.Rows?.none, 0)
        order.forEachStep(of: segment.steps) { step in
            let some = step.beginning ?? step.continuing
            member.round { share in
                let units = shares[share]
                if let before { finishRow(before, units, number, views) }
                multiplyRow(some, units, number + 1, views)
            }
            number += 1
            before = some
            if !isReset { return }
            member.round { share in multiplyAfterReset(some, shares[share], number, views) }
        }
        member.round { share in
            if let before { finishRow(before, shares[share], number, views) }
        }
    }

    /// The sums of the products with s_{t−1}.
    private func multiplyRow(
        _ some: ReadingOrder.Rows, _ units: Range<Int>, _ number: Int, _ views: StepViews<S>
    ) {
        let seen = statesSeen(some.before).columns(units)
        views.weights.states?.sums?.multiply(seen, terms: units, step: number)
        if views.cell.shape.candidate == .apart {
            views.weights.candidate?.sums?.multiply(seen, terms: units, step: number)
        }
    }

    /// p_t, and the sums of its product.
    private func multiplyAfterReset(
        _ some: ReadingOrder.Rows, _ units: Range<Int>, _ number: Int, _ views: StepViews<S>
    ) {
        addSums(of: views.weights.states, to: some, views.cell.shape.addedBlocks, units, number, views)
        let step = views.forwardStep(some, units)
        views.cell.equations.forwardReset(step.with(s₋: statesSeen(some.before).columns(units)))
        let p = views.gates(some.rows, views.cell.shape.lastBlock, units).readOnly
        views.weights.candidate?.sums?.multiply(p, terms: units, step: number)
    }

    /// s_t, when all sums are there.
    private func finishRow(
        _ some: ReadingOrder.Rows, _ units: Range<Int>, _ number: Int, _ views: StepViews<S>
    ) {
        let (weights, shape) = (views.weights, views.cell.shape)
        switch shape.candidate {
        case .withOthers: addSums(of: weights.states, to: some, shape.addedBlocks, units, number, views)
        case .apart:
            addSums(of: weights.states, to: some, shape.addedBlocks, units, number, views)
            addSums(of: weights.candidate, to: some, shape.lastBlock, units, number, views, beta: 0)
        case .afterReset: addSums(of: weights.candidate, to: some, 0..<1, units, number, views)
        }
        finishForward(some, units, views)
    }

    /// Some blocks of z_t ← their sums + β z_t.
    private func addSums(
        of weights: Panels<S>?, to some: ReadingOrder.Rows, _ blocks: Range<Int>, _ units: Range<Int>,
        _ number: Int, _ views: StepViews<S>, beta: S = 1
    ) {
        let H = views.cell.width
        for block in blocks {
            let first = (block - blocks.lowerBound) * H
            weights?.sums?.add(
                columns: first + units.lowerBound..<first + units.upperBound, step: number, beta: beta,
                to: views.gates(some.rows, block..<block + 1, units))
        }
    }
}
