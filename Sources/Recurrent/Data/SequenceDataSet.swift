import RecurrentLinearAlgebra

/// Sequences with targets, from which a trainer makes batches. They are checked once, here; copies share their
/// memory.
public struct SequenceDataSet<S: Scalar>: Sendable {
    enum Rows: Sendable {
        case values(Matrix<S>)
        case tokens([Int32])
    }

    /// I; for tokens the size of the vocabulary.
    public let width: Int
    /// The steps of each sequence.
    public let lengths: [Int]
    /// The inputs of all steps, sequence by sequence.
    let rows: Rows
    /// The index of each sequence's first row.
    let firstRows: [Int]
    /// A row for each step or for each sequence.
    let targets: Targets<S>
    /// Those of the targets' losses.
    let weights: TargetWeights<S>
    /// True if there is one target for a whole sequence.
    public let hasTargetPerSequence: Bool

    /// True if the inputs are tokens, not values.
    public var isTokens: Bool { if case .tokens = rows { true } else { false } }
    /// The class of all targets that carry a loss, if it is the same.
    var onlyClass: Int? {
        guard case .classes(let classes) = targets else { return nil }
        let weighty = classes.indices.lazy.filter { weights.row($0) != 0 }
        guard let first = weighty.first, weighty.allSatisfy({ classes[$0] == classes[first] }) else {
            return nil
        }
        return Int(classes[first])
    }
    /// The number of sequences.
    public var count: Int { lengths.count }
    /// The number of steps of all sequences.
    public var steps: Int { lengths.reduce(0, +) }

    /// - Parameters:
    ///   - sequences: each an array of steps, each step I numbers.
    ///   - targets: one for each step or for each sequence.
    ///   - weights: factors of the losses; all 1 by default.
    /// - Throws: `DataError` naming the sequence, step and feature that is missing, of another width or not finite,
    ///   or the weight that is missing, negative or not finite, or for more than 2³¹ − 1 steps in all.
    public init(
        _ sequences: [[[S]]], targets: SequenceTargets<S>, weights: LossWeights<S> = LossWeights()
    ) throws(DataError) {
        let width = sequences.first?.first?.count ?? 0
        let values = try Self.flat(sequences, width: width)
        try Self.requireFinite(values, counts: sequences.map(\.count)) { _, _ in true }
        try self.init(
            rows: .values(values), width: width, lengths: sequences.map(\.count), targets, weights)
    }

    /// - Parameters:
    ///   - sequences: each an array of indices in 0..<`vocabulary`.
    ///   - vocabulary: I.
    ///   - targets: one for each step or for each sequence.
    ///   - weights: factors of the losses; all 1 by default.
    /// - Throws: `DataError` naming the sequence and step, or for more than 2³¹ − 1 steps in all.
    public init(
        tokens sequences: [[Int]], vocabulary: Int, targets: SequenceTargets<S>,
        weights: LossWeights<S> = LossWeights()
    ) throws(DataError) {
        for (sequence, indices) in sequences.enumerated() {
            for (step, index) in indices.enumerated() where index < 0 || index >= vocabulary {
                throw .tokenOutOfRange(
                    sequence: sequence, step: step, index: index, vocabulary: vocabulary)
            }
        }
        let rows = Rows.tokens(sequences.joined().map { Int32(clamping: $0) })
        try self.init(rows: rows, width: vocabulary, lengths: sequences.map(\.count), targets, weights)
    }

    private init(
        rows: Rows, width: Int, lengths: [Int], _ targets: SequenceTargets<S>, _ weights: LossWeights<S>
    ) throws(DataError) {
        if lengths.isEmpty { throw .noSequences }
        if let sequence = lengths.firstIndex(of: 0) { throw .emptySequence(sequence: sequence) }
        self.rows = rows
        self.width = width
        self.lengths = lengths
        var firstRows: [Int] = []
        var row = 0
        for length in lengths {
            firstRows.append(row)
            row += length
        }
        // Batches name their rows by Int32.
        if row > Int32.max { throw .tooManySteps(found: row, limit: Int(Int32.max)) }
        self.firstRows = firstRows
        let (flat, hasTargetPerSequence) = try Self.flat(targets, lengths)
        let counts = hasTargetPerSequence ? lengths.map { _ in 1 } : lengths
        let targetWeights = try TargetWeights(weights, of: flat, counts: counts)
        if case .values(let values) = flat {
            try Self.requireFinite(values, counts: counts) { targetWeights.counts($0, $1) }
        }
        (self.targets, self.weights, self.hasTargetPerSequence) = (flat, targetWeights, hasTargetPerSequence)
    }

    private static func flat(
        _ targets: SequenceTargets<S>, _ lengths: [Int]
    ) throws(DataError) -> (Targets<S>, Bool) {
        func requireCounts(_ counts: [Int]) throws(DataError) {
            guard counts.count == lengths.count else {
                throw .targetCount(found: counts.count, sequences: lengths.count)
            }
            for (sequence, (found, expected)) in zip(counts, lengths).enumerated() where found != expected {
                throw .length(sequence: sequence, found: found, expected: expected)
            }
        }
        switch targets {
        case .everyStep(let values):
            try requireCounts(values.map(\.count))
            return (.values(try flat(values, width: values[0][0].count)), false)
        case .classOfEveryStep(let classes):
            try requireCounts(classes.map(\.count))
            return (.classes(classes.joined().map { Int32(clamping: $0) }), false)
        case .perSequence(let values):
            guard values.count == lengths.count else {
                throw .targetCount(found: values.count, sequences: lengths.count)
            }
            return (.values(try flat(values.map { [$0] }, width: values[0].count)), true)
        case .classPerSequence(let classes):
            guard classes.count == lengths.count else {
                throw .targetCount(found: classes.count, sequences: lengths.count)
            }
            return (.classes(classes.map { Int32(clamping: $0) }), true)
        case .labels(let labels):
            guard labels.count == lengths.count else {
                throw .targetCount(found: labels.count, sequences: lengths.count)
            }
            return (.labels(labels.map { $0.map { Int32(clamping: $0) } }), false)
        }
    }

    /// Sequences of rows as one matrix, sequence by sequence.
    @specialized(where S == Double)
    @specialized(where S == Float)
    private static func flat(_ sequences: [[[S]]], width: Int) throws(DataError) -> Matrix<S> {
        var flat = Matrix<S>(rows: sequences.reduce(0) { $0 + $1.count }, columns: width)
        try flat.withMutableView { (flat) throws(DataError) in
            var row = 0
            for (sequence, steps) in sequences.enumerated() {
                for (step, values) in steps.enumerated() {
                    guard values.count == width else {
                        throw .width(sequence: sequence, step: step, found: values.count, expected: width)
                    }
                    for (feature, value) in values.enumerated() { flat[row, feature] = value }
                    row += 1
                }
            }
        }
        return flat
    }

    /// - Throws: `DataError` naming the first value that is not finite, of those that count.
    private static func requireFinite(
        _ values: Matrix<S>, counts: [Int], where isUsed: (_ row: Int, _ column: Int) -> Bool
    ) throws(DataError) {
        if values.withView({ $0.isFinite }) { return }
        var row = 0
        for (sequence, count) in counts.enumerated() {
            for step in 0..<count {
                for feature in 0..<values.columns
                where !values[row, feature].isFinite && isUsed(row, feature) {
                    throw .notFinite(sequence: sequence, step: step, feature: feature)
                }
                row += 1
            }
        }
    }
}
