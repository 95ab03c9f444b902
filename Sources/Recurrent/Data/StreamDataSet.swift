import RecurrentLinearAlgebra

/// One long sequence cut into B parallel streams of equal length, for truncated backpropagation: the streams are read
/// side by side, window after window, and their states are carried from one window to the next.
///
/// Steps that do not fill a stream of their own are left out at the end: fewer than B.
public struct StreamDataSet<S: Scalar>: Sendable {
    /// Every step and what follows it, as one sequence.
    let sequence: SequenceDataSet<S>
    /// B
    public let streams: Int
    /// The steps of each stream.
    public let steps: Int
    /// I; for tokens the size of the vocabulary.
    public var width: Int { sequence.width }

    /// Tokens, each to predict the next.
    ///
    /// - Throws: `DataError` for an index out of range, one token throughout, or fewer than two steps a stream.
    public init(tokens: [Int], vocabulary: Int, streams: Int) throws(DataError) {
        try self.init(
            SequenceDataSet(
                tokens: [Array(tokens.dropLast())], vocabulary: vocabulary,
                targets: .classOfEveryStep([Array(tokens.dropFirst())])), streams: streams)
    }

    /// Values, each step with its target.
    ///
    /// - Parameters:
    ///   - inputs: steps of I numbers.
    ///   - targets: as many steps of O numbers.
    ///   - streams: B.
    /// - Throws: `DataError` for values that are not finite or of another width, or fewer than one step a stream.
    public init(inputs: [[S]], targets: [[S]], streams: Int) throws(DataError) {
        try self.init(SequenceDataSet([inputs], targets: .everyStep([targets])), streams: streams)
    }

    private init(_ sequence: SequenceDataSet<S>, streams: Int) throws(DataError) {
        requireSequences(streams)
        guard sequence.steps >= streams else {
            throw .shorterThanWindow(steps: sequence.steps, streams: streams, window: 1)
        }
        self.sequence = sequence
        self.streams = streams
        steps = sequence.steps / streams
    }
}

/// How streams are cut in truncated backpropagation, TBPTT(k1, k2): every `advance` steps a backward pass of `reach`
/// steps. The losses of the last `advance` steps count; the states that a window begins with are carried on as values,
/// and their gradient is cut.
public struct TruncatedWindow: Equatable, Sendable, Codable {
    /// k1
    public let advance: Int
    /// k2
    public let reach: Int

    /// - Parameters:
    ///   - advance: k1, at least 1.
    ///   - reach: k2, at least k1; by default k1, the common chunked form.
    /// - Precondition: 1 ≤ k1 ≤ k2.
    public init(advance: Int, reach: Int? = nil) {
        self.advance = advance
        self.reach = reach ?? advance
        precondition(
            advance >= 1 && self.reach >= advance,
            "TBPTT(\(advance), \(self.reach)): k1 must be at least 1 and k2 at least k1")
    }

    /// The windows of streams of `steps` steps: the steps that are unfolded, and from which on losses count.
    func windows(steps: Int) -> [(steps: Range<Int>, firstLoss: Int)] {
        stride(from: 0, to: steps, by: advance).map { first in
            let end = min(first + advance, steps)
            return (max(0, first + advance - reach)..<end, first)
        }
    }
}
