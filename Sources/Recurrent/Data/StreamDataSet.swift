import RecurrentLinearAlgebra

/// One long sequence cut into B parallel streams of equal length, for truncated backpropagation: the streams are
/// read side by side, window by window, and their states are carried from one window to the next.
///
/// Fewer than B steps, the remainder of the division, are left out at the end.
public struct StreamDataSet<S: Scalar>: Sendable {
    /// Every step and its target, as one sequence.
    let sequence: SequenceDataSet<S>
    /// B
    public let streams: Int
    /// The steps of each stream.
    public let steps: Int
    /// I; for tokens the size of the vocabulary.
    public var width: Int { sequence.width }

    /// Tokens, each of which predicts the next.
    ///
    /// - Throws: `DataError` for an index out of range, or fewer than two steps a stream.
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
    ///   - weights: factors of the losses, of one sequence; all 1 by default.
    /// - Throws: `DataError` for values that are not finite or of another width, weights that are negative or not
    ///   finite, or fewer than one step a stream.
    public init(
        inputs: [[S]], targets: [[S]], streams: Int, weights: LossWeights<S> = LossWeights()
    ) throws(DataError) {
        try self.init(
            SequenceDataSet([inputs], targets: .everyStep([targets]), weights: weights), streams: streams)
    }

    private init(_ sequence: SequenceDataSet<S>, streams: Int) throws(DataError) {
        if streams < 1 { throw .streamCount(streams) }
        guard sequence.steps >= streams else {
            throw .shorterThanWindow(steps: sequence.steps, streams: streams, window: 1)
        }
        self.sequence = sequence
        self.streams = streams
        steps = sequence.steps / streams
    }
}
