/// The stretch of timesteps of a block that is at work.
struct BlockSegment: Sendable {
    let block: SequenceBlock
    let steps: Range<Int>
    /// Where it begins among the block's rows.
    let firstRow: Int
    /// R
    let rowCount: Int
    /// n, how many sequences have its first step: the last so many of the block.
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

    /// A step of the segment.
    struct Step {
        /// Counted from 0, in the batch.
        let number: Int
        let rows: Range<Int>
        /// How many of its sequences, the last ones, go on after it.
        let goingOn: Int
    }

    /// Calls `body` with some steps, one after the other or backwards.
    func forEachStep(of steps: Range<Int>, backwards: Bool, _ body: (Step) -> Void) {
        for index in block.runs.indices {
            let whole = block.runs[backwards ? block.runs.count - 1 - index : index]
            guard let run = whole.within(steps) else { continue }
            for index in 0..<run.steps.count {
                let number = backwards ? run.steps.upperBound - 1 - index : run.steps.lowerBound + index
                let isLast = number + 1 == whole.steps.upperBound
                body(
                    Step(
                        number: number, rows: rows(of: run, step: number),
                        goingOn: isLast ? block.active(at: number + 1) : run.sequences))
            }
        }
    }

    /// Calls `body` with the sequences of the block whose reading ends with one of some steps, and their rows there.
    func forEachEnd(
        within steps: Range<Int>, backwards: Bool,
        _ body: (_ rows: Range<Int>, _ sequences: Range<Int>) -> Void
    ) {
        let n = block.sequences.count
        if backwards { return steps.lowerBound == 0 ? body(0..<n, 0..<n) : () }
        for whole in block.runs {
            guard let run = whole.within(steps), run.steps.upperBound == whole.steps.upperBound else {
                continue
            }
            let first = rows(of: run, step: run.steps.upperBound - 1).lowerBound
            let ended = n - run.sequences..<n - block.active(at: run.steps.upperBound)
            body(first..<first + ended.count, ended)
        }
    }

    /// The first so many of the sequences of a run end with it.
    func ending(with run: SequenceBlock.Run) -> Int { run.sequences - block.active(at: run.steps.upperBound) }
}
