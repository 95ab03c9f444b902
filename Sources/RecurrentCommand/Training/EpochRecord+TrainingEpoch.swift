import Recurrent

extension EpochRecord {
    init(_ epoch: TrainingEpoch, training: Int) {
        self.init(
            training: training, epoch: epoch.epoch, step: epoch.step, loss: epoch.loss,
            validationLoss: epoch.validationLoss, best: epoch.isBest, clipRate: epoch.clipRate,
            saturation: epoch.saturation)
    }
}
