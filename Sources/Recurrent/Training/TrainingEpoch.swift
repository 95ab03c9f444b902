/// One epoch of training.
public struct TrainingEpoch: Sendable, Equatable {
    /// Counted from 1.
    public let epoch: Int
    /// The number of steps done so far.
    public let step: Int
    /// The mean of the epoch's losses, each before its step.
    public let loss: Double
    /// The loss on the validation data, or nil without.
    public let validationLoss: Double?
    /// The value of `TrainingSettings.judge` on the validation data, or nil without one.
    public let metric: Double?
    /// True if no earlier epoch had a better metric or, without one, a lower validation loss (without validation data:
    /// training loss).
    public let isBest: Bool
    /// The share of the epoch's steps whose gradient was clipped.
    public let clipRate: Double
    /// The share of the last batch's states, of gated cells of the gates, at which |Φ'| is below 2 % of its largest value:
    /// |tanh| above 0.99, a sigmoid within 0.005 of 0 or 1, a ReLU at 0.
    public let saturation: Double
}
