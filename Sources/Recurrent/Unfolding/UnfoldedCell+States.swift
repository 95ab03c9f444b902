import RecurrentLinearAlgebra

// The states of whole sequences on their way into a segment and out of it: s and, of an LSTM, c.
extension UnfoldedCell {
    /// s_0 of the block's sequences, and c_0: what the caller gave, the network's own, or zero. No gradient has reached
    /// c yet.
    func loadInitialStates() {
        for part in cell.stateParts { load(part, into: states(part, order.initialRows)) }
        if work.plan.isBackward { cellGradients?.fill(0) }
    }

    private func load(_ part: StatePart, into states: MutableMatrixView<S>) {
        let name = cell.name(part == .s ? .initialState : .initialCellState)
        if let given = work.pass.initialState {
            given.withView { given in
                let columns = given.columns(cell.columns).columns(cell.columns(of: part))
                for (index, sequence) in segment.block.sequences.enumerated() {
                    states.rows(index..<index + 1).copy(from: columns.rows(sequence..<sequence + 1))
                }
            }
        } else if let own = work.pass.parameters.view(of: name) {
            for index in 0..<states.rows { states.rows(index..<index + 1).copy(from: own) }
        } else {
            states.fill(0)
        }
    }

    /// Turns to the segment after the one at work, with the states of the sequences that have it; for a cell that
    /// reads forwards.
    func advance(to next: BlockSegment) {
        let last = segment.rowCount - next.initialRows..<segment.rowCount
        let (s, c) = (states(last).readOnly, cellStates(last)?.readOnly)
        enter(next)
        if work.plan.keepsAllStates { return }
        initialStates.copy(from: s)
        if let c { cellStates(order.initialRows)?.copy(from: c) }
    }

    /// Keeps the states before a segment, the one at work, for the way back.
    func keepStates(beforeSegment number: Int) {
        for part in cell.stateParts {
            states(part, beforeSegment: number).copy(from: states(part, order.initialRows).readOnly)
        }
    }

    /// Begins a segment, the one at work, with the states that were kept before it.
    func restoreStates(beforeSegment number: Int) {
        for part in cell.stateParts {
            states(part, order.initialRows).copy(from: states(part, beforeSegment: number).readOnly)
        }
    }

    /// Keeps the states of the sequences that end within the segment, of a pass without gradients.
    func keepFinalStates() {
        order.forEachEnd(within: segment.steps) { rows, sequences in
            for part in cell.stateParts {
                finalStates(part).rows(sequences).copy(from: states(part, rows).readOnly)
            }
        }
    }
}
