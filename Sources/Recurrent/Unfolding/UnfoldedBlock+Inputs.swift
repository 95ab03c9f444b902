import RecurrentLinearAlgebra

// The inputs of a block. Those of a batch that are rows of a data set are copied by the worker that carries the
// block, a chunk at a time, right before they are used: they are in its cache then.
extension UnfoldedBlock {
    /// Copies X of some steps if it stands in a data set.
    func takeInputs(_ steps: Range<Int>, _ batch: SequenceBatch<S>) {
        guard case .rows(let places, let source) = batch.rows else { return }
        let X = inputs(of: batch).rows(segment.block.rows(in: steps))
        source.withView { X.gatherRows(places[segment.batchRows(steps)], of: $0) }
    }

    /// Calls `body` with X of some steps, which have been taken; not for tokens.
    func withInputs(_ steps: Range<Int>, _ batch: SequenceBatch<S>, _ body: (MatrixView<S>) -> Void) {
        switch batch.rows {
        case .values(let X): X.withView { body($0.rows(segment.batchRows(steps))) }
        case .rows: body(inputs(of: batch).rows(segment.block.rows(in: steps)).readOnly)
        case .tokens: return
        }
    }

    /// X of all steps of the block.
    private func inputs(of batch: SequenceBatch<S>) -> MutableMatrixView<S> {
        inputPiece.view(rows: block.rows, columns: batch.width)
    }
}
