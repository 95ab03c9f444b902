import LinearAlgebra

/// B sequences side by side, time-major: row t·B + b of `inputs` is x of sequence b at step t + 1.
///
/// Sequences shorter than T are padded with zeros at their end, and `lengths` says how many of their
/// steps are valid. Padding has no loss and no gradient.
public struct SequenceBatch<S: Scalar>: Sendable {
    /// T
    public let steps: Int
    /// B
    public let sequences: Int
    /// I
    public let width: Int
    /// The valid steps of each sequence, in 1...T.
    public let lengths: [Int]
    /// X, T·B × I; rows of padding are zero.
    public internal(set) var inputs: Matrix<S>

    /// A batch of sequences of any lengths; T is the longest.
    ///
    /// - Parameter sequences: B sequences, each an array of steps, each step I numbers.
    /// - Throws: `DataError` naming the sequence, step and feature.
    public init(_ sequences: [[[S]]]) throws(DataError) {
        let steps = sequences.map(\.count).max() ?? 0
        let width = sequences.first?.first?.count ?? 0
        let packed = try Self.pack(sequences, steps: steps, width: width)
        try self.init(
            inputs: packed, steps: steps, sequences: sequences.count,
            lengths: sequences.map(\.count))
    }

    /// A batch of inputs that are time-major already.
    ///
    /// - Parameters:
    ///   - inputs: T·B × I. What it holds in rows of padding is replaced by zeros.
    ///   - steps: T.
    ///   - sequences: B.
    ///   - lengths: the valid steps of each sequence; all T by default.
    /// - Precondition: `inputs` has T·B rows and there are B lengths.
    /// - Throws: `DataError` for lengths that are not in 1...T and for values that are not finite.
    public init(
        inputs: Matrix<S>, steps: Int, sequences: Int, lengths: [Int]? = nil
    ) throws(DataError) {
        let lengths = lengths ?? Array(repeating: steps, count: sequences)
        requireSequenceCount(lengths.count, sequences, "lengths")
        if sequences == 0 { throw .noSequences }
        for (sequence, length) in lengths.enumerated() where length < 1 || length > steps {
            throw length == 0
                ? .emptySequence(sequence: sequence)
                : .lengthOutOfRange(sequence: sequence, length: length, steps: steps)
        }
        requireTargets(rows: inputs.rows, columns: inputs.columns, are: (steps * sequences, inputs.columns))
        self.steps = steps
        self.sequences = sequences
        self.width = inputs.columns
        self.lengths = lengths
        self.inputs = Self.clearingPadding(of: inputs, sequences: sequences, lengths: lengths)
        try requireFinite(self.inputs)
    }

    /// Whether some sequence is shorter than T.
    public var isRagged: Bool { lengths.contains { $0 < steps } }

    /// The number of valid steps of all sequences.
    public var validSteps: Int { lengths.reduce(0, +) }

    /// The row of sequence `sequence` at step `step`, counted from 0.
    func row(step: Int, sequence: Int) -> Int { step * sequences + sequence }

    func requireFinite(_ rows: Matrix<S>) throws(DataError) {
        guard !rows.withView({ $0.isFinite }) else { return }
        for row in 0..<rows.rows {
            for feature in 0..<rows.columns where !rows[row, feature].isFinite {
                throw .notFinite(sequence: row % sequences, step: row / sequences, feature: feature)
            }
        }
    }

    /// Sequences of rows as one time-major matrix, padded with zeros.
    static func pack(
        _ sequences: [[[S]]], steps: Int, width: Int
    ) throws(DataError) -> Matrix<S> {
        var packed = Matrix<S>(rows: steps * sequences.count, columns: width)
        for (sequence, rows) in sequences.enumerated() {
            for (step, values) in rows.enumerated() {
                guard values.count == width else {
                    throw .width(sequence: sequence, step: step, found: values.count, expected: width)
                }
                for (feature, value) in values.enumerated() {
                    packed[step * sequences.count + sequence, feature] = value
                }
            }
        }
        return packed
    }

    private static func clearingPadding(
        of inputs: Matrix<S>, sequences: Int, lengths: [Int]
    ) -> Matrix<S> {
        var cleared = inputs
        let steps = inputs.rows / sequences
        for (sequence, length) in lengths.enumerated() {
            for step in length..<steps {
                for feature in 0..<inputs.columns { cleared[step * sequences + sequence, feature] = 0 }
            }
        }
        return cleared
    }
}
