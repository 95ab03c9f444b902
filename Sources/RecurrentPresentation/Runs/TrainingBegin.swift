/// The beginning of a training of a run.
package struct TrainingBegin: Codable, Equatable, Sendable {
    /// Counted from 1.
    package let training: Int
    package let seed: UInt64
    /// The part of the data that is held out, counted from 1.
    package let fold: Int
    package let epochs: Int

    package init(training: Int, seed: UInt64, fold: Int, epochs: Int) {
        self.training = training
        self.seed = seed
        self.fold = fold
        self.epochs = epochs
    }
}
