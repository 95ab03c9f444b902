import RecurrentLinearAlgebra

/// The targets of a batch, time-major: row t·B + b belongs to sequence b at step t + 1. Rows without a loss are
/// never read.
public enum Targets<S: Scalar>: Sendable {
    /// d_t as T·B × O values.
    case values(Matrix<S>)
    /// d_t as T·B class indices in 0..<O.
    case classes([Int32])
    /// For each of B sequences its labels in 0..<O, in order, at unknown steps.
    case labels([[Int32]])
}

extension SequenceBatch {
    /// Targets for every valid step: for each sequence as many rows of O values as it has steps.
    ///
    /// - Throws: `DataError` naming the sequence and step, or if there are targets for more or fewer sequences.
    public func targets(everyStep sequences: [[[S]]]) throws(DataError) -> Targets<S> {
        try requireSequences(sequences.count)
        try requireLengths(sequences.map(\.count))
        let width = sequences.first?.first?.count ?? 0
        return .values(try Self.pad(sequences, steps: steps, width: width))
    }

    /// A class for every valid step: for each sequence as many indices as it has steps.
    ///
    /// - Throws: `DataError` naming the sequence, or if there are targets for more or fewer.
    public func targets(everyStep sequences: [[Int]]) throws(DataError) -> Targets<S> {
        try requireSequences(sequences.count)
        try requireLengths(sequences.map(\.count))
        var classes = [Int32](repeating: 0, count: steps * self.sequences)
        for (sequence, indices) in sequences.enumerated() {
            for (step, index) in indices.enumerated() {
                classes[step * self.sequences + sequence] = Int32(clamping: index)
            }
        }
        return .classes(classes)
    }

    /// A target for the last valid step of each sequence: B rows of O values.
    ///
    /// - Throws: `DataError` naming the sequence, or if there are targets for more or fewer.
    public func targets(lastStep rows: [[S]]) throws(DataError) -> Targets<S> {
        try requireSequences(rows.count)
        let width = rows.first?.count ?? 0
        let zeros = [S](repeating: 0, count: width)
        return try targets(
            everyStep: zip(rows, lengths).map { Array(repeating: zeros, count: $1 - 1) + [$0] })
    }

    /// A class for the last valid step of each sequence: B indices in 0..<O.
    ///
    /// - Throws: `DataError` unless there is one for each sequence.
    public func targets(lastStep classes: [Int]) throws(DataError) -> Targets<S> {
        try requireSequences(classes.count)
        return try targets(
            everyStep: zip(classes, lengths).map { Array(repeating: 0, count: $1 - 1) + [$0] })
    }

    /// A target for each sequence, for networks with one output a sequence: B rows of O values.
    ///
    /// - Throws: `DataError` naming the sequence whose row has another width, or if there are more or fewer rows.
    public func targets(perSequence rows: [[S]]) throws(DataError) -> Targets<S> {
        try requireSequences(rows.count)
        return .values(try Self.pad(rows.map { [$0] }, steps: 1, width: rows.first?.count ?? 0))
    }

    /// A class for each sequence, for networks with one output a sequence: B indices.
    ///
    /// - Throws: `DataError` unless there is one for each sequence.
    public func targets(perSequence classes: [Int]) throws(DataError) -> Targets<S> {
        try requireSequences(classes.count)
        return .classes(classes.map { Int32(clamping: $0) })
    }

    /// Labels of each sequence, in order and at unknown steps, for `Loss.ctc`: any number of indices in 0..<O, but for the
    /// blank.
    ///
    /// - Throws: `DataError` unless there are labels for each sequence.
    public func targets(labels sequences: [[Int]]) throws(DataError) -> Targets<S> {
        try requireSequences(sequences.count)
        return .labels(sequences.map { $0.map { Int32(clamping: $0) } })
    }

    private func requireSequences(_ found: Int) throws(DataError) {
        if found != sequences { throw .targetCount(found: found, sequences: sequences) }
    }

    private func requireLengths(_ found: [Int]) throws(DataError) {
        for (sequence, (found, expected)) in zip(found, lengths).enumerated() where found != expected {
            throw .length(sequence: sequence, found: found, expected: expected)
        }
    }
}
