import RecurrentLinearAlgebra

/// B sequences side by side, T being the length of the longest.
///
/// Sequences may have any lengths, in any order; a computation costs the valid steps only. A matrix of a batch is
/// time-major: row t·B + b is sequence b at step t + 1, and rows of padding, after a sequence's end, are zero.
public struct SequenceBatch<S: Scalar>: Sendable {
    enum Inputs: Sendable {
        /// The valid rows of X, N × I, in the layout's order.
        case values(Matrix<S>)
        /// For each valid row of X, in the layout's order, its index in a matrix.
        case rows([Int32], of: Matrix<S>)
        /// An index in 0..<I for each valid row, in the layout's order.
        case tokens(TokenRows)
    }

    /// I; for tokens the size of the vocabulary.
    public let width: Int
    let layout: BatchLayout
    private(set) var rows: Inputs

    /// T
    public var steps: Int { layout.steps }
    /// B
    public var sequences: Int { layout.sequences }
    /// The valid steps of each sequence, in 1...T.
    public var lengths: [Int] { layout.lengths }
    /// The number of valid steps of all sequences.
    public var validSteps: Int { layout.rows }
    /// True if some sequence is shorter than T.
    public var isRagged: Bool { validSteps < steps * sequences }

    /// A batch of rows that have been checked and packed.
    init(layout: BatchLayout, width: Int, rows: Inputs) {
        (self.layout, self.width, self.rows) = (layout, width, rows)
    }

    /// A batch of sequences of any lengths; T is the longest.
    ///
    /// - Parameter sequences: B sequences, each an array of steps, each step I numbers.
    /// - Throws: `DataError` naming the sequence, step and feature.
    public init(_ sequences: [[[S]]]) throws(DataError) {
        let steps = sequences.map(\.count).max() ?? 0
        let width = sequences.first?.first?.count ?? 0
        let packed = try Self.pad(sequences, steps: steps, width: width)
        try self.init(
            inputs: packed, steps: steps, sequences: sequences.count,
            lengths: sequences.map(\.count))
    }

    /// A batch of time-major inputs.
    ///
    /// - Parameters:
    ///   - inputs: T·B × I. Rows of padding are not read.
    ///   - steps: T.
    ///   - sequences: B.
    ///   - lengths: the valid steps of each sequence; all T by default.
    /// - Throws: `DataError` for other than T·B rows, for lengths that are not B or not in 1...T, and for values that
    ///   are not finite.
    public init(
        inputs: Matrix<S>, steps: Int, sequences: Int, lengths: [Int]? = nil
    ) throws(DataError) {
        if sequences < 1 { throw .noSequences }
        let (rowCount, overflow) = steps.multipliedReportingOverflow(by: sequences)
        if overflow || inputs.rows != rowCount { throw .rowCount(found: inputs.rows, expected: rowCount) }
        let lengths = lengths ?? Array(repeating: steps, count: sequences)
        try Self.check(lengths, steps: steps, sequences: sequences)
        layout = BatchLayout(steps: steps, lengths: lengths)
        width = inputs.columns
        let packed = layout.pack(inputs)
        rows = .values(packed)
        if !packed.withView({ $0.isFinite }) { try refuse(packed) }
    }

    /// A batch of sequences of tokens: one-hot inputs of width I = `vocabulary`, which are never formed, since
    /// x_t W_x is a row of W_x.
    ///
    /// - Parameters:
    ///   - sequences: B sequences, each an array of indices in 0..<`vocabulary`.
    ///   - vocabulary: I.
    /// - Throws: `DataError` naming the sequence, the step and the index that is out of range.
    public init(tokens sequences: [[Int]], vocabulary: Int) throws(DataError) {
        let steps = sequences.map(\.count).max() ?? 0
        try Self.check(sequences.map(\.count), steps: steps, sequences: sequences.count)
        layout = BatchLayout(steps: steps, lengths: sequences.map(\.count))
        width = vocabulary
        for (sequence, indices) in sequences.enumerated() {
            for (step, index) in indices.enumerated() where index < 0 || index >= vocabulary {
                throw .tokenOutOfRange(
                    sequence: sequence, step: step, index: index, vocabulary: vocabulary)
            }
        }
        var packed = [Int32](repeating: 0, count: layout.rows)
        layout.forEachRow { row, step, sequence in packed[row] = Int32(clamping: sequences[sequence][step]) }
        rows = .tokens(TokenRows(packed, vocabulary: vocabulary))
    }

    /// True if the inputs are tokens, not values.
    public var isTokens: Bool { if case .tokens = rows { true } else { false } }

    /// X, T·B × I; one-hot rows for tokens. Cost: a copy of the batch at each call.
    public var inputs: Matrix<S> {
        switch rows {
        case .values, .rows:
            return values.withView { layout.unpack($0) }
        case .tokens(let tokens):
            var inputs = Matrix<S>(rows: steps * sequences, columns: width)
            layout.forEachRow { row, step, sequence in
                inputs[step * sequences + sequence, Int(tokens.indices[row])] = 1
            }
            return inputs
        }
    }

    /// The valid rows of X, N × I, in the layout's order; none for tokens.
    var values: Matrix<S> {
        switch rows {
        case .values(let values): return values
        case .rows(let places, let source):
            var values = Matrix<S>(rows: places.count, columns: width)
            values.withMutableView { values in source.withView { values.gatherRows(places[...], of: $0) } }
            return values
        case .tokens: return Matrix(rows: 0, columns: width)
        }
    }

    /// The same sequences with other values; rows of padding are not read.
    func with(inputs: Matrix<S>) -> SequenceBatch {
        var batch = self
        batch.rows = .values(layout.pack(inputs))
        return batch
    }

    /// The same sequences with other tokens.
    func with(tokens sequences: [[Int]]) -> SequenceBatch {
        var packed = [Int32](repeating: 0, count: layout.rows)
        layout.forEachRow { row, step, sequence in packed[row] = Int32(clamping: sequences[sequence][step]) }
        var batch = self
        batch.rows = .tokens(TokenRows(packed, vocabulary: width))
        return batch
    }

    private func refuse(_ packed: Matrix<S>) throws(DataError) {
        try layout.forEachRow { (row, step, sequence) throws(DataError) in
            for feature in 0..<width where !packed[row, feature].isFinite {
                throw .notFinite(sequence: sequence, step: step, feature: feature)
            }
        }
    }

    private static func check(_ lengths: [Int], steps: Int, sequences: Int) throws(DataError) {
        if sequences == 0 { throw .noSequences }
        if lengths.count != sequences { throw .lengthCount(found: lengths.count, sequences: sequences) }
        for (sequence, length) in lengths.enumerated() where length < 1 || length > steps {
            throw length == 0
                ? .emptySequence(sequence: sequence)
                : .lengthOutOfRange(sequence: sequence, length: length, steps: steps)
        }
    }

    /// Sequences of rows as one time-major matrix, padded with zeros.
    @specialized(where S == Double)
    @specialized(where S == Float)
    static func pad(_ sequences: [[[S]]], steps: Int, width: Int) throws(DataError) -> Matrix<S> {
        var padded = Matrix<S>(rows: steps * sequences.count, columns: width)
        try padded.withMutableView { (padded) throws(DataError) in
            for (sequence, rows) in sequences.enumerated() {
                for (step, values) in rows.enumerated() {
                    guard values.count == width else {
                        throw .width(sequence: sequence, step: step, found: values.count, expected: width)
                    }
                    let row = step * sequences.count + sequence
                    for (feature, value) in values.enumerated() { padded[row, feature] = value }
                }
            }
        }
        return padded
    }
}
