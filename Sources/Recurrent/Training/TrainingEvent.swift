/// A report of a trainer on its work.
public enum TrainingEvent: Sendable {
    case step(TrainingStep)
    case epoch(TrainingEpoch)
    /// A checkpoint was written to this file.
    case checkpoint(path: String, step: Int)
    case warning(TrainingWarning)
    /// The last event.
    case finished(TrainingEnd)
}
