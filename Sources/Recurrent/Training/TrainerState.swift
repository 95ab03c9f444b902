import RecurrentLinearAlgebra

/// All that a trainer has got to between two steps. What comes after follows from it, from data and from settings.
struct TrainerState<S: Scalar> {
    var network: RecurrentNetwork<S>
    var optimiser: Optimiser<S>
    /// Steps done.
    var step = 0
    /// The epoch at work, counted from 0, and how many of its batches are done.
    var epoch = 0
    var batch = 0
    /// Of the epoch at work: the sum of the losses, how many they are, and how many gradients were clipped.
    var lossSum = 0.0
    var lossCount = 0
    var clippedCount = 0
    /// s of the streams where the next window begins; nil at the beginning of an epoch, and for sequences.
    var carried: Matrix<S>?
    /// What going back has left of the learning rate.
    var rateFactor = 1.0
    var plateau: ReduceOnPlateau?
    var best: BestParameters<S>?
    /// The epochs since then.
    var epochsSinceBest = 0

    /// The optimiser's update along the gradient that an unfolding holds.
    mutating func apply(
        in unfolding: Unfolding<S>, loss: Double
    ) throws(TrainingError) -> TrainingReport {
        try optimiser.apply(to: &network, in: unfolding, loss: loss)
    }
}

/// The parameters of the epoch with the lowest loss so far.
struct BestParameters<S: Scalar> {
    let loss: Double
    /// Counted from 1.
    let epoch: Int
    let parameters: Parameters<S>
}
