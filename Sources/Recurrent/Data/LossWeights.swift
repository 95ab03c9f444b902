import RecurrentLinearAlgebra

/// Factors of the losses of a data set: of sequences, of targets, of classes and of the values of a target. Those that
/// are given multiply; the others are 1. A factor of 0 is a mask: its target is never read, and may be NaN.
///
/// A loss E_t of values is Σ_i v_i ℓ(y_i, d_i). Nothing is normalised but by the `Reduction` of the training, which
/// divides by the number of steps that carry a loss, or of sequences, or by the sum of the weights of the steps, those
/// of values not among them. A target whose values all have the factor 0 carries no loss.
public struct LossWeights<S: Scalar>: Sendable {
    /// One for each sequence.
    public var sequences: [S]?
    /// For each sequence as many as it has targets: one for each step, or one. Not for labels.
    public var targets: [[S]]?
    public var classes: ClassWeights<S>?
    /// v, for each sequence as many rows as it has targets, as wide as these; for losses of values.
    public var values: [[[S]]]?

    public init(
        sequences: [S]? = nil, targets: [[S]]? = nil, classes: ClassWeights<S>? = nil, values: [[[S]]]? = nil
    ) {
        (self.sequences, self.targets, self.classes, self.values) = (sequences, targets, classes, values)
    }

    /// Weights that leave out the values that are NaN.
    public static func leavingOutNaN(of targets: [[[S]]]) -> LossWeights {
        LossWeights(values: targets.map { $0.map { $0.map { $0.isNaN ? 0 : 1 } } })
    }

    /// Weights that leave out the values that are NaN, where there is one target a sequence.
    public static func leavingOutNaN(of targets: [[S]]) -> LossWeights {
        leavingOutNaN(of: targets.map { [$0] })
    }
}
