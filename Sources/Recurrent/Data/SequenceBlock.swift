/// A few sequences of a batch that one worker carries through all timesteps, the shortest first.
struct SequenceBlock: Sendable {
    /// Consecutive steps during which no sequence ends. Their rows are contiguous, step by step.
    struct Run: Sendable {
        /// Counted from 0.
        let steps: Range<Int>
        /// The number of sequences with these steps: the last ones of the block.
        let sequences: Int
        /// The row of the first of them at the first step, among the rows of the block.
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

    /// The indices of the sequences in the batch.
    let sequences: [Int]
    /// True if they are consecutive in the batch, as always if all sequences have the same length.
    let areNeighbours: Bool
    /// The index of the block's first row among those of the batch.
    let firstRow: Int
    /// The index of its first sequence among those of the batch, block by block.
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

    /// The valid steps of a sequence, by its index in the block.
    func length(of place: Int) -> Int {
        runs.last { $0.sequences >= sequences.count - place }?.steps.upperBound ?? 0
    }

    /// The number of sequences with step `step`.
    func active(at step: Int) -> Int { runs.first { $0.steps.contains(step) }?.sequences ?? 0 }

    /// The rows of a range of steps.
    func rows(in segment: Range<Int>) -> Range<Int> {
        rowCount(before: segment.lowerBound)..<rowCount(before: segment.upperBound)
    }

    private func rowCount(before step: Int) -> Int {
        guard let run = runs.first(where: { step < $0.steps.upperBound }) else { return rows }
        return run.row(step: step)
    }
}
