/// One step of training.
public struct TrainingStep: Sendable, Equatable {
    /// The number of steps done, including this one.
    public let step: Int
    /// Counted from 1.
    public let epoch: Int
    /// The batch's loss before the step.
    public let loss: Double
    /// ‖∂E/∂θ‖₂ before clipping.
    public let gradientNorm: Double
    public let wasClipped: Bool
    public let learningRate: Double
    /// The speed since the run, or its resumption, began.
    public let stepsPerSecond: Double
    /// The time to the end of the last epoch at this speed.
    public let secondsLeft: Double
}
