/// A few sequences of a batch that go through all timesteps together, the shortest first.
struct SequenceBlock: Sendable {
    /// Steps during which no sequence ends. Its rows stand together, step after step.
    struct Run: Sendable {
        /// Counted from 0.
        let steps: Range<Int>
        /// How many sequences have these steps: the last so many of the block.
        let sequences: Int
        /// The row, among the block's, of the first of them at the first step.
        let firstRow: Int

        var rows: Range<Int> { firstRow..<firstRow + steps.count * sequences }

        func row(step: Int) -> Int { firstRow + (step - steps.lowerBound) * sequences }

        /// The part of this run that lies within `segment`, or nil.
        func within(_ segment: Range<Int>) -> Run? {
            let steps = steps.clamped(to: segment)
            if steps.isEmpty { return nil }
            return Run(steps: steps, sequences: sequences, firstRow: row(step: steps.lowerBound))
        }
    }

    /// The sequences by their place in the batch.
    let sequences: [Int]
    /// Whether they follow each other in the batch, as in one whose sequences all have the same length.
    let areNeighbours: Bool
    /// Where the block's rows begin among those of the batch.
    let firstRow: Int
    /// Where its sequences begin among those of the batch, block after block.
    let firstPlace: Int
    let runs: [Run]

    /// The valid steps of all its sequences.
    var rows: Int { runs.last?.rows.upperBound ?? 0 }

    /// - Parameter lengths: the valid steps of each sequence, ascending.
    init(_ sequences: [Int], lengths: [Int], firstRow: Int, firstPlace: Int) {
        self.sequences = sequences
        self.firstPlace = firstPlace
        areNeighbours = zip(sequences, sequences.dropFirst()).allSatisfy { $0 + 1 == $1 }
        self.firstRow = firstRow
        var runs: [Run] = []
        for (ended, length) in lengths.enumerated() {
            let (step, row) = (runs.last?.steps.upperBound ?? 0, runs.last?.rows.upperBound ?? 0)
            guard length > step else { continue }
            runs.append(Run(steps: step..<length, sequences: lengths.count - ended, firstRow: row))
        }
        self.runs = runs
    }

    /// The valid steps of a sequence of the block, by its place in the block.
    func length(of place: Int) -> Int {
        runs.last { $0.sequences >= sequences.count - place }?.steps.upperBound ?? 0
    }

    /// How many sequences have step `step`.
    func active(at step: Int) -> Int { runs.first { $0.steps.contains(step) }?.sequences ?? 0 }

    /// The rows of a stretch of steps.
    func rows(in segment: Range<Int>) -> Range<Int> {
        rowCount(before: segment.lowerBound)..<rowCount(before: segment.upperBound)
    }

    private func rowCount(before step: Int) -> Int {
        guard let run = runs.first(where: { step < $0.steps.upperBound }) else { return rows }
        return run.row(step: step)
    }
}
