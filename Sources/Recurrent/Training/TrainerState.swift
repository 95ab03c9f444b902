import RecurrentLinearAlgebra

/// The state of a trainer between two steps. All later steps follow from it, the data and the settings.
struct TrainerState<S: Scalar> {
    var network: RecurrentNetwork<S>
    var optimiser: Optimiser<S>
    /// The mean of the parameters after each step so far, weighted by how recent they are; nil without one.
    var average: Parameters<S>?
    /// The number of steps done.
    var step = 0
    /// The current epoch, counted from 0, and the number of its batches that are done.
    var epoch = 0
    var batch = 0
    /// Of the current epoch: the sum and the number of the losses, and the number of clipped gradients.
    var lossSum = 0.0
    var lossCount = 0
    var clippedCount = 0
    /// s of the streams at the beginning of the next window; nil at the beginning of an epoch, and for sequences.
    var carried: Matrix<S>?
    /// The factor of the learning rate that is left after going back.
    var rateFactor = 1.0
    var plateau: ReduceOnPlateau?
    var best: BestParameters<S>?
    /// The number of epochs since the best one.
    var epochsSinceBest = 0

    /// The optimiser's update along the gradient that an unfolding holds.
    ///
    /// - Parameter averageDecay: β of `TrainingSettings`.
    mutating func apply(
        in unfolding: Unfolding<S>, loss: Double, averageDecay: Double?
    ) throws(TrainingError) -> TrainingReport {
        let report = try optimiser.apply(to: &network, in: unfolding, loss: loss)
        if let averageDecay { updateAverage(S(averageDecay)) }
        return report
    }

    /// average ← β · average + (1 − β) · θ; at first θ, and always where it is frozen.
    private mutating func updateAverage(_ decay: S) {
        guard average != nil else {
            average = network.parameters
            return
        }
        average?.mutableVector.scale(by: decay)
        average?.addElements(of: network.parameters, scaledBy: 1 - decay)
        average?.copy(optimiser.frozen, from: network.parameters)
    }
}
