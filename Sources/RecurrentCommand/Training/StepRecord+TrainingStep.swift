import Recurrent

extension StepRecord {
    init(_ step: TrainingStep, training: Int) {
        self.init(
            training: training, step: step.step, epoch: step.epoch, loss: step.loss,
            gradientNorm: step.gradientNorm, clipped: step.wasClipped, learningRate: step.learningRate,
            stepsPerSecond: step.stepsPerSecond)
    }
}
