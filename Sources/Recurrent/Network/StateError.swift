/// The reason that a step was refused. The state is unchanged then.
public enum StateError: Error, Equatable, Sendable, CustomStringConvertible {
    case otherNetwork
    case needsWholeSequence
    case embedsTokens
    case shape(rows: Int, columns: Int, sequences: Int, width: Int)
    case notFinite(sequence: Int, feature: Int)
    case initialState(InitialStateError)
    case tokenCount(found: Int, sequences: Int)
    case tokenOutOfRange(sequence: Int, index: Int, vocabulary: Int)

    public var description: String {
        switch self {
        case .otherNetwork:
            "the state belongs to another network; make one with this network's state(sequences:) or state(from:)"
        case .needsWholeSequence:
            "a network that reads sequences both ways, or the mean over their steps, cannot be run step by step; use forward"
        case .embedsTokens:
            "the network embeds tokens; give it tokens, not values"
        case .shape(let rows, let columns, let sequences, let width):
            "the values are \(rows) × \(columns) where \(sequences) sequences of width \(width) are expected; give one row a sequence"
        case .notFinite(let sequence, let feature):
            "sequence \(sequence), feature \(feature) is NaN or infinite; fill in or leave out the step"
        case .initialState(let error):
            error.description
        case .tokenCount(let found, let sequences):
            "there are \(found) tokens for \(sequences) sequences; give one a sequence"
        case .tokenOutOfRange(let sequence, let index, let vocabulary):
            "sequence \(sequence) has token \(index), which is not in 0..<\(vocabulary), the vocabulary"
        }
    }
}
