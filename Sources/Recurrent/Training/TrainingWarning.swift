/// A problem that does not end the training.
public enum TrainingWarning: Sendable, Equatable, CustomStringConvertible {
    /// A step was skipped.
    case skipped(step: Int, TrainingError)
    /// Training went back to a checkpoint; the learning rate is now `rateFactor` times the schedule's.
    case wentBack(fromStep: Int, toStep: Int, rateFactor: Double, TrainingError)
    case checkpointFailed(step: Int, FileError)
    /// A damaged checkpoint was ignored in favour of an older one.
    case damagedCheckpoint(FileError)
    /// All targets that the network is trained on are one class.
    case oneClass(index: Int)

    public var description: String {
        switch self {
        case .skipped(let step, let error):
            "step \(step) was left out: \(error)"
        case .wentBack(let from, let to, let factor, let error):
            "step \(from): \(error); gone back to step \(to) with \(factor) times the learning rate"
        case .checkpointFailed(let step, let error):
            "the checkpoint of step \(step) could not be written, the one before is intact: \(error)"
        case .damagedCheckpoint(let error):
            "ignored: \(error)"
        case .oneClass(let index):
            "all targets are class \(index), so the network learns nothing but to name it; train on other classes too, if there are any"
        }
    }
}
