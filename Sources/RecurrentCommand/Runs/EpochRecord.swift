import Recurrent

/// One epoch; see `TrainingEpoch`.
struct EpochRecord: Codable, Equatable, Sendable {
    let training: Int
    let epoch: Int
    let step: Int
    let loss: Double
    let validationLoss: Double?
    let best: Bool
    let clipRate: Double
    let saturation: Double
}

extension EpochRecord {
    init(_ epoch: TrainingEpoch, training: Int) {
        self.init(
            training: training, epoch: epoch.epoch, step: epoch.step, loss: epoch.loss,
            validationLoss: epoch.validationLoss, best: epoch.isBest, clipRate: epoch.clipRate,
            saturation: epoch.saturation)
    }
}
