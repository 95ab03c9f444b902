import RecurrentLinearAlgebra

/// The step to which a gradient belongs that `Trainer.onGradient` sees.
public struct GradientStep<S: Scalar> {
    /// The number of the step, counted from 1.
    public let step: Int
    /// Counted from 1.
    public let epoch: Int
    /// The loss before the step, of all its batches.
    public let loss: Double
    /// The network before the step.
    public let network: RecurrentNetwork<S>
    /// A source of random numbers that belongs to this step alone: it depends on the seed and the number of the step, so
    /// noise drawn from a copy of it is the same after an interruption.
    public let generator: RandomGenerator
}
