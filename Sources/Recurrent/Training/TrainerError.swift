/// The reason why a trainer cannot begin or go on. The network holds the parameters of the last complete step.
public enum TrainerError: Error, Sendable, CustomStringConvertible {
    /// The problem of the settings, in words.
    case settings(String)
    /// Data that do not fit the network or the loss.
    case data(DataError)
    /// A step that was refused.
    case step(Int, TrainingError)
    /// A checkpoint that could not be written or read, or a folder that another process uses.
    case checkpoint(FileError)

    public var description: String {
        switch self {
        case .settings(let problem): problem
        case .data(let error): error.description
        case .step(let step, let error): "step \(step): \(error)"
        case .checkpoint(let error): error.description
        }
    }
}
