/// The reason why a network cannot be evaluated or run on a data set.
public enum EvaluationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Data, network and metrics that do not go together, in words.
    case mismatch(String)
    case pass(PassError)

    public var description: String {
        switch self {
        case .mismatch(let problem): problem
        case .pass(let error): error.description
        }
    }
}
