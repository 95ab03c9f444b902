/// The reason why a pass over a batch was not begun. Nothing was computed.
public enum PassError: Error, Equatable, Sendable, CustomStringConvertible {
    case memory(MemoryError)
    /// A given s_0 that is not finite.
    case initialState(InitialStateError)

    public var description: String {
        switch self {
        case .memory(let error): error.description
        case .initialState(let error): error.description
        }
    }
}
