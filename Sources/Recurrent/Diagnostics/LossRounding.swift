import RecurrentLinearAlgebra

/// The rounding of the values of a loss: the deviation of a computed E from the exact one, in the mean.
struct LossRounding {
    /// The median of what the differences of all elements show.
    private let observed: Double
    /// Σ |w| over the weights of the losses E_t.
    private let weights: Double
    private let isEntropy: Bool
    /// The largest magnitude of a target, or 1.
    private let targetMagnitude: Double

    init(of objective: Objective<Double>, _ quotients: some Sequence<DifferenceQuotient>) {
        // Elements that the loss does not depend on show nothing.
        let shown = quotients.lazy.map(\.rounding).filter { $0 > 0 && $0.isFinite }.sorted()
        // The median of |x| is 0.67 deviations of a normal x.
        observed = shown.isEmpty ? 0 : shown[shown.count / 2] / 0.67
        weights = objective.rowWeights.elements.reduce(0) { $0 + abs($1) }
        isEntropy =
            switch objective.loss {
            case .crossEntropy, .smoothedCrossEntropy, .softCrossEntropy, .binaryCrossEntropy, .ctc: true
            default: false
            }
        let targets: Matrix<Double>? = if case .values(let values) = objective.targets { values } else { nil }
        targetMagnitude = max(1, targets?.largestMagnitude ?? 0)
    }

    /// The rounding of values of magnitude `loss`: what was observed, but at least a quarter of an ulp, which is the
    /// deviation of a rounded number. For an entropy that of a probability near 1 counts as well, for Σ w (d − y)² that
    /// of outputs near their targets, of which the root of E is a multiple.
    func callAsFunction(_ loss: Double) -> Double {
        let parts = isEntropy ? weights : 2 * targetMagnitude * (weights * abs(loss)).squareRoot()
        return max(observed, (loss.ulp + .ulpOfOne * parts) / 4)
    }
}
