/// Some timesteps of a block: those that are at work.
struct BlockSegment: Sendable {
    let block: SequenceBlock
    let steps: Range<Int>
    /// The index of its first row among the block's rows.
    let firstRow: Int
    /// R
    let rowCount: Int
    /// n, the number of sequences that have its first step; they are the last of the block.
    let initialRows: Int

    init(_ block: SequenceBlock, _ steps: Range<Int>) {
        let rows = block.rows(in: steps)
        self.block = block
        self.steps = steps
        (firstRow, rowCount) = (rows.lowerBound, rows.count)
        initialRows = block.active(at: steps.lowerBound)
    }

    /// No steps of no sequences.
    static let none = BlockSegment(
        SequenceBlock([], lengths: [], firstRow: 0, firstPlace: 0), 0..<0)

    /// The rows of some steps among those of the segment.
    func rows(_ steps: Range<Int>) -> Range<Int> {
        let rows = block.rows(in: steps)
        return rows.lowerBound - firstRow..<rows.upperBound - firstRow
    }

    /// The rows of some steps among those of the batch.
    func batchRows(_ steps: Range<Int>) -> Range<Int> {
        let rows = block.rows(in: steps)
        return block.firstRow + rows.lowerBound..<block.firstRow + rows.upperBound
    }

    /// The rows of one step of a run among those of the segment.
    func rows(of run: SequenceBlock.Run, step: Int) -> Range<Int> {
        let row = run.row(step: step) - firstRow
        return row..<row + run.sequences
    }
}
