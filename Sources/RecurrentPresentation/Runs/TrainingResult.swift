/// The result of a training on held-out data.
package struct TrainingResult: Codable, Equatable, Sendable {
    package let training: Int
    package let seed: UInt64
    package let fold: Int
    /// The epoch whose parameters were kept.
    package let epoch: Int
    /// In the units of the run's measure.
    package let score: Double
    package let seconds: Double

    package init(training: Int, seed: UInt64, fold: Int, epoch: Int, score: Double, seconds: Double) {
        self.training = training
        self.seed = seed
        self.fold = fold
        self.epoch = epoch
        self.score = score
        self.seconds = seconds
    }
}
