/// What a trainer says of its work.
public enum TrainingEvent: Sendable {
    case step(TrainingStep)
    case epoch(TrainingEpoch)
    /// A checkpoint stands in this file.
    case checkpoint(path: String, step: Int)
    case warning(TrainingWarning)
    /// The last event.
    case finished(TrainingEnd)
}

/// One step of training.
public struct TrainingStep: Sendable, Equatable {
    /// Steps done, this one among them.
    public let step: Int
    /// Counted from 1.
    public let epoch: Int
    /// The batch's loss before the step.
    public let loss: Double
    /// ‖∂E/∂θ‖₂ before clipping.
    public let gradientNorm: Double
    public let wasClipped: Bool
    public let learningRate: Double
    /// Since the run or its resumption began.
    public let stepsPerSecond: Double
    /// At this speed, until the last epoch's end.
    public let secondsLeft: Double
}

/// One epoch of training.
public struct TrainingEpoch: Sendable, Equatable {
    /// Counted from 1.
    public let epoch: Int
    /// Steps done so far.
    public let step: Int
    /// The mean of the epoch's losses, each before its step.
    public let loss: Double
    /// The loss on the validation data, or nil without.
    public let validationLoss: Double?
    /// Whether no epoch before had a lower validation loss (without validation data: training loss).
    public let isBest: Bool
    /// The share of the epoch's steps whose gradient was clipped.
    public let clipRate: Double
    /// The share of the last batch's states where |Φ'| is below 2 % of its largest value: |tanh| above 0.99, a sigmoid
    /// within 0.005 of 0 or 1, a ReLU at 0.
    public let saturation: Double
}

/// What went wrong without ending the training.
public enum TrainingWarning: Sendable, Equatable, CustomStringConvertible {
    /// A step was left out.
    case skipped(step: Int, TrainingError)
    /// Training went back to a checkpoint; the learning rate is now so many times the schedule's.
    case wentBack(fromStep: Int, toStep: Int, rateFactor: Double, TrainingError)
    case checkpointFailed(step: Int, FileError)
    /// A checkpoint that is damaged was left aside for an older one.
    case damagedCheckpoint(FileError)

    public var description: String {
        switch self {
        case .skipped(let step, let error):
            "step \(step) was left out: \(error)"
        case .wentBack(let from, let to, let factor, let error):
            "step \(from): \(error); gone back to step \(to) with \(factor) times the learning rate"
        case .checkpointFailed(let step, let error):
            "the checkpoint of step \(step) could not be written, the one before is intact: \(error)"
        case .damagedCheckpoint(let error):
            "left aside: \(error)"
        }
    }
}

/// How a training ended.
public enum TrainingEnd: Sendable, Equatable {
    /// All epochs were done.
    case completed
    /// So many epochs brought nothing better.
    case outOfPatience(epochs: Int)
    /// The task was cancelled; a checkpoint was written if there is a folder.
    case cancelled
}

/// Why a trainer could not begin or go on. The network holds the parameters of the last step that was done.
public enum TrainerError: Error, Sendable, CustomStringConvertible {
    /// Settings that make no sense, in words.
    case settings(String)
    /// Data that do not fit to network or loss.
    case data(DataError)
    /// A step that was refused.
    case step(Int, TrainingError)
    /// A checkpoint that could not be written or read, or a folder that another process trains into.
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
