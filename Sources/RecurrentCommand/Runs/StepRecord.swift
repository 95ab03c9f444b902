import Recurrent

/// One training step; see `TrainingStep`.
struct StepRecord: Codable, Equatable, Sendable {
    let training: Int
    let step: Int
    let epoch: Int
    let loss: Double
    /// Before clipping.
    let gradientNorm: Double
    let clipped: Bool
    let learningRate: Double
    let stepsPerSecond: Double
}

extension StepRecord {
    init(_ step: TrainingStep, training: Int) {
        self.init(
            training: training, step: step.step, epoch: step.epoch, loss: step.loss,
            gradientNorm: step.gradientNorm, clipped: step.wasClipped, learningRate: step.learningRate,
            stepsPerSecond: step.stepsPerSecond)
    }
}
