/// The reason why a training ended.
public enum TrainingEnd: Sendable, Equatable {
    /// All epochs were done.
    case completed
    /// The last `epochs` epochs brought no better loss.
    case outOfPatience(epochs: Int)
    /// The task was cancelled; a checkpoint was written if there is a folder for it.
    case cancelled
}
