import RecurrentLinearAlgebra

/// The reason why a network cannot run over a batch. Nothing was computed.
public enum PassError: Error, Equatable, Sendable, CustomStringConvertible {
    case memory(MemoryError)
    case otherConfiguration
    case inputWidth(found: Int, expected: Int)
    case embedsTokens
    case initialStateShape(rows: Int, columns: Int, sequences: Int, width: Int)
    /// A given s_0 that is not finite.
    case initialState(InitialStateError)
    case objectiveOfOtherBatch(steps: Int, lengths: [Int], given: Int, givenLengths: [Int])
    case objectiveOfOtherNetwork
    case tokensHaveNoGradient
    case stepLimit(Double)
    case outputGradient(rows: Int, columns: Int, expectedRows: Int, expectedColumns: Int)
    case resultOfOtherBatch(steps: Int, sequences: Int)

    public var description: String {
        switch self {
        case .memory(let error):
            error.description
        case .otherConfiguration:
            "the unfolding was made for a network of another configuration; make one for this network"
        case .inputWidth(let found, let expected):
            "the batch has inputs of width \(found), the network takes I = \(expected)"
        case .embedsTokens:
            "the network embeds tokens; the batch has values; give it tokens"
        case .initialState(let error):
            error.description
        case .initialStateShape(let rows, let columns, let sequences, let width):
            "s_0 is \(rows) × \(columns); B × H is \(sequences) × \(width)"
        case .objectiveOfOtherBatch(let steps, let lengths, let given, let givenLengths):
            "the objective was made for T = \(steps), B = \(lengths.count), lengths \(Self.text(lengths)), not T = \(given), B = \(givenLengths.count), lengths \(Self.text(givenLengths)); make one for this batch"
        case .objectiveOfOtherNetwork:
            "the objective was made for a network with other outputs; make one for this network"
        case .tokensHaveNoGradient:
            "tokens have no gradient; ask for that of W_x, whose rows they are"
        case .stepLimit(let limit):
            "a step limit of \(number: limit) is not above 0; leave it out to clip nothing"
        case .outputGradient(let rows, let columns, let expectedRows, let expectedColumns):
            "the gradient by the outputs is \(rows) × \(columns); T·B × O, or B × O, is \(expectedRows) × \(expectedColumns)"
        case .resultOfOtherBatch(let steps, let sequences):
            "the result was made for other T, B or widths than those of this network and T = \(steps), B = \(sequences); make one for this batch"
        }
    }

    /// The first lengths.
    private static func text(_ lengths: [Int]) -> String {
        lengths.count <= 8 ? "\(lengths)" : "\(lengths.prefix(8))".dropLast() + ", …]"
    }
}
