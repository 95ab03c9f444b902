import RecurrentLinearAlgebra

/// The order of the valid steps of a batch's sequences as rows of one matrix: without padding, block by block,
/// time-major within a block.
///
/// A block is a few sequences that one worker carries through all timesteps. Sequences are dealt into blocks by
/// length, so that all blocks have about the same work. Within a block the shortest come first: the sequences
/// that continue are then the last rows of a step, directly before the rows of the next one, and S₋ of many steps
/// is one matrix until a sequence ends. The blocks depend on the lengths only, never on the number of workers.
struct BatchLayout: Sendable, Equatable {
    /// T
    let steps: Int
    /// B
    var sequences: Int { lengths.count }
    let lengths: [Int]
    /// N, the valid steps of all sequences.
    let rows: Int
    let blocks: [SequenceBlock]

    /// A power of two, so that two, four or eight workers share evenly.
    private static func blockCount(_ sequences: Int) -> Int {
        if sequences < Tuning.fewestSequencesOfTwoBlocks { return 1 }
        var count = 2
        while count * Tuning.blockSequences < sequences { count *= 2 }
        return count
    }

    init(steps: Int, lengths: [Int]) {
        self.steps = steps
        self.lengths = lengths
        let count = Self.blockCount(lengths.count)
        var dealt = [[Int]](repeating: [], count: count)
        if Set(lengths).count > 1 {
            let byLength = lengths.indices.sorted { (lengths[$0], $0) < (lengths[$1], $1) }
            for (place, sequence) in byLength.enumerated() { dealt[place % count].append(sequence) }
        } else {
            for sequence in lengths.indices { dealt[sequence * count / lengths.count].append(sequence) }
        }
        var (blocks, rows, place) = ([SequenceBlock](), 0, 0)
        for sequences in dealt {
            let block = SequenceBlock(
                sequences, lengths: sequences.map { lengths[$0] }, firstRow: rows, firstPlace: place)
            blocks.append(block)
            rows += block.rows
            place += sequences.count
        }
        (self.blocks, self.rows) = (blocks, rows)
    }

    static func == (left: BatchLayout, right: BatchLayout) -> Bool {
        left.steps == right.steps && left.lengths == right.lengths
    }

    /// Calls `body` with each row, its step and its sequence.
    func forEachRow<E: Error>(_ body: (_ row: Int, _ step: Int, _ sequence: Int) throws(E) -> Void) throws(E)
    {
        for block in blocks {
            for run in block.runs {
                let first = block.sequences.count - run.sequences
                for step in run.steps {
                    for index in 0..<run.sequences {
                        let row = block.firstRow + run.row(step: step) + index
                        try body(row, step, block.sequences[first + index])
                    }
                }
            }
        }
    }

    /// For each row its index in a matrix that holds each sequence step by step from its first row on.
    func places(firstRows: [Int]) -> [Int32] {
        unsafe [Int32](unsafeUninitializedCapacity: rows) { places, count in
            forEachRow { row, step, sequence in
                unsafe places[row] = Int32(truncatingIfNeeded: firstRows[sequence] + step)
            }
            count = rows
        }
    }

    /// The valid rows of a time-major matrix of T·B rows, in the order of this layout.
    func pack<S>(_ padded: Matrix<S>) -> Matrix<S> {
        if blocks.count == 1 && rows == padded.rows { return padded }
        var packed = Matrix<S>(rows: rows, columns: padded.columns)
        packed.withMutableView { packed in
            padded.withView { padded in
                forEachRow { row, step, sequence in
                    let source = step * sequences + sequence
                    packed.rows(row..<row + 1).copy(from: padded.rows(source..<source + 1))
                }
            }
        }
        return packed
    }

    /// A time-major matrix of T·B rows with the rows of a packed one; rows of padding are zero.
    func unpack<S>(_ packed: MatrixView<S>) -> Matrix<S> {
        var padded = Matrix<S>(rows: steps * sequences, columns: packed.columns)
        padded.withMutableView { padded in
            forEachRow { row, step, sequence in
                let target = step * sequences + sequence
                padded.rows(target..<target + 1).copy(from: packed.rows(row..<row + 1))
            }
        }
        return padded
    }
}
