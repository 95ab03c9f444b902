/// One training step; see `TrainingStep`.
package struct StepRecord: Codable, Equatable, Sendable {
    package let training: Int
    package let step: Int
    package let epoch: Int
    package let loss: Double
    /// Before clipping.
    package let gradientNorm: Double
    package let clipped: Bool
    package let learningRate: Double
    package let stepsPerSecond: Double

    package init(
        training: Int, step: Int, epoch: Int, loss: Double, gradientNorm: Double, clipped: Bool,
        learningRate: Double, stepsPerSecond: Double
    ) {
        self.training = training
        self.step = step
        self.epoch = epoch
        self.loss = loss
        self.gradientNorm = gradientNorm
        self.clipped = clipped
        self.learningRate = learningRate
        self.stepsPerSecond = stepsPerSecond
    }
}
