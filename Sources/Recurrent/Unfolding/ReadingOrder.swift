/// The order in which a cell reads the steps of a segment: for every step its rows, the rows of the states before it, and
/// the sequences that these belong to, whichever way the cell reads.
///
/// Rows are counted from the segment's first step on. The states that a cell begins with stand before the first step, in
/// rows −n ..< 0; of a cell that reads backwards behind the last one, in rows R ..< R + n. n are the sequences that have
/// the segment's first step, R its rows.
struct ReadingOrder {
    let segment: BlockSegment
    let isReverse: Bool

    /// Some sequences of a step whose states before it stand together.
    struct Rows {
        /// Their rows in the step.
        let rows: Range<Int>
        /// Their rows in the step that was read before it, or among the states that the cell begins with.
        let before: Range<Int>
        /// The sequences, by their place in the block.
        let sequences: Range<Int>
    }

    struct Step {
        /// Counted from 0, in the batch.
        let number: Int
        let rows: Range<Int>
        /// Sequences that begin with this step, of a cell that reads backwards.
        let beginning: Rows?
        /// Sequences whose step before stands among the segment's rows, or before its first.
        let continuing: Rows
    }

    /// The rows of all states: those of the segment and those that the cell begins with.
    var rows: Range<Int> {
        isReverse ? 0..<segment.rowCount + segment.initialRows : -segment.initialRows..<segment.rowCount
    }

    /// The rows of the states that the cell begins with.
    var initialRows: Range<Int> {
        isReverse ? segment.rowCount..<segment.rowCount + segment.initialRows : -segment.initialRows..<0
    }

    /// Calls `body` with some steps, in the order of reading or, on the way back, against it.
    @inline(__always)
    func forEachStep(of steps: Range<Int>, back: Bool = false, _ body: (Step) -> Void) {
        let (runs, isDescending) = (segment.block.runs, isReverse != back)
        for index in runs.indices {
            let whole = runs[isDescending ? runs.count - 1 - index : index]
            guard let run = whole.within(steps) else { continue }
            for index in 0..<run.steps.count {
                let number = isDescending ? run.steps.upperBound - 1 - index : run.steps.lowerBound + index
                let isLast = number + 1 == whole.steps.upperBound
                body(
                    step(
                        number, segment.rows(of: run, step: number),
                        goingOn: isLast ? segment.block.active(at: number + 1) : run.sequences))
            }
        }
    }

    /// - Parameter goingOn: the number of the step's sequences, the last ones, that have the next step too.
    @inline(__always)
    private func step(_ number: Int, _ rows: Range<Int>, goingOn: Int) -> Step {
        let N = segment.block.sequences.count
        guard isReverse else {
            let before = rows.lowerBound - rows.count..<rows.lowerBound
            return Step(
                number: number, rows: rows, beginning: nil,
                continuing: Rows(rows: rows, before: before, sequences: N - rows.count..<N))
        }
        // Sequences that end with this step begin here; the others come from the step after it.
        let first = rows.upperBound - goingOn
        let ended = N - rows.count..<N - goingOn
        let initial = segment.rowCount + ended.lowerBound..<segment.rowCount + ended.upperBound
        return Step(
            number: number, rows: rows,
            beginning: ended.isEmpty
                ? nil : Rows(rows: rows.lowerBound..<first, before: initial, sequences: ended),
            continuing: Rows(
                rows: first..<rows.upperBound, before: rows.upperBound..<rows.upperBound + goingOn,
                sequences: N - goingOn..<N))
    }

    /// Calls `body` with the sequences of the block whose reading ends with one of some steps, by their place in the
    /// block, and their rows there.
    func forEachEnd(
        within steps: Range<Int>, _ body: (_ rows: Range<Int>, _ sequences: Range<Int>) -> Void
    ) {
        let n = segment.block.sequences.count
        if isReverse { return steps.lowerBound == 0 ? body(0..<n, 0..<n) : () }
        for whole in segment.block.runs {
            guard let run = whole.within(steps), run.steps.upperBound == whole.steps.upperBound else {
                continue
            }
            let first = segment.rows(of: run, step: run.steps.upperBound - 1).lowerBound
            let ended = n - run.sequences..<n - segment.block.active(at: run.steps.upperBound)
            body(first..<first + ended.count, ended)
        }
    }

    /// Calls `body` with rows of states and the rows that were made from them, as many at a time as stand together:
    /// all that lie within some steps.
    ///
    /// The sequences that have the steps of a run are the last of every step. So for a cell that reads forwards their
    /// states before a step stand directly before it; for one that reads backwards the rows that were made from the
    /// run's states stand directly before these, and those of each sequence's first step come last.
    func forEachRecurrence(
        of steps: Range<Int>, _ body: (_ before: Range<Int>, _ made: Range<Int>) -> Void
    ) {
        let states = isReverse ? steps.lowerBound + 1..<steps.upperBound + 1 : steps
        for run in segment.block.runs {
            guard let run = run.within(states.clamped(to: segment.steps)) else { continue }
            let (rows, n) = (segment.rows(run.steps), run.sequences)
            let earlier = rows.lowerBound - n..<rows.upperBound - n
            if isReverse { body(rows, earlier) } else { body(earlier, rows) }
        }
        if isReverse && steps.upperBound == segment.steps.upperBound { body(initialRows, initialRows) }
    }
}
