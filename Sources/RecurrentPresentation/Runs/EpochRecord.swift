/// One epoch; see `TrainingEpoch`.
package struct EpochRecord: Codable, Equatable, Sendable {
    package let training: Int
    package let epoch: Int
    package let step: Int
    package let loss: Double
    package let validationLoss: Double?
    package let best: Bool
    package let clipRate: Double
    package let saturation: Double

    package init(
        training: Int, epoch: Int, step: Int, loss: Double, validationLoss: Double?, best: Bool,
        clipRate: Double, saturation: Double
    ) {
        self.training = training
        self.epoch = epoch
        self.step = step
        self.loss = loss
        self.validationLoss = validationLoss
        self.best = best
        self.clipRate = clipRate
        self.saturation = saturation
    }
}
