/// The sequence and step that each row of a batch's outputs belongs to, as the caller numbers them.
struct RowOrigins: Sendable {
    private var sequences: [Int32] = []
    private var steps: [Int32] = []

    /// - Parameters:
    ///   - rows: the rows of the batch.
    ///   - names: the number of each sequence of the batch; its index there by default.
    ///   - firstStep: the step of the sequences at which the batch begins.
    init(_ rows: TargetRows, names: [Int]? = nil, firstStep: Int = 0) {
        sequences = Array(repeating: 0, count: rows.count)
        steps = sequences
        rows.forEach { row, _, step, sequence in
            sequences[row] = Int32(clamping: names?[sequence] ?? sequence)
            steps[row] = Int32(clamping: firstStep + step)
        }
    }

    subscript(rows: Range<Int>) -> Slice { Slice(sequences: sequences[rows], steps: steps[rows]) }

    /// Those of some rows, counted from 0.
    struct Slice {
        fileprivate let sequences: ArraySlice<Int32>
        fileprivate let steps: ArraySlice<Int32>

        func sequence(_ row: Int) -> Int { Int(sequences[sequences.startIndex + row]) }
        func step(_ row: Int) -> Int { Int(steps[steps.startIndex + row]) }
    }
}
