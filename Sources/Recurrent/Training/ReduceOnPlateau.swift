import RecurrentLinearAlgebra

/// A learning rate that falls when the loss no longer does: after more than `patience` observations in a row that are
/// not better than the best so far, η ← max(factor · η, minimum). Semantics and defaults are those of
/// torch.optim.lr_scheduler.ReduceLROnPlateau.
///
/// Observe one reliable loss an epoch: that of all training data, or of validation data. A value; a checkpoint stores
/// it whole.
public struct ReduceOnPlateau: Equatable, Sendable, Codable {
    /// η
    public private(set) var learningRate: Double
    public let factor: Double
    /// The number of observations in a row that may be no better before η falls.
    public let patience: Int
    /// A loss is better if it is below (1 − threshold) · best.
    public let threshold: Double
    /// The number of observations after a fall of η that do not count against the patience.
    public let cooldown: Int
    public let minimum: Double
    /// η does not change if it would fall by this much or less.
    public let smallestChange: Double
    /// The lowest loss observed; nil before a finite one.
    public private(set) var best: Double?
    private var badObservations = 0
    private var cooldownLeft = 0

    /// - Parameters:
    ///   - learningRate: η at the beginning.
    ///   - factor: 0.1 by default.
    ///   - patience: 10 by default.
    ///   - threshold: 1e-4 by default.
    ///   - cooldown: 0 by default.
    ///   - minimum: 0 by default.
    ///   - smallestChange: 1e-8 by default.
    /// - Precondition: η is above 0 and finite, the factor is above 0 and below 1, nothing is negative or infinite.
    public init(
        learningRate: Double, factor: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4,
        cooldown: Int = 0, minimum: Double = 0, smallestChange: Double = 1e-8
    ) {
        self.learningRate = learningRate
        self.factor = factor
        self.patience = patience
        self.threshold = threshold
        self.cooldown = cooldown
        self.minimum = minimum
        self.smallestChange = smallestChange
        requireSettings(problem)
    }

    /// The first problem of numbers from a file, in words for people, or nil.
    public var problem: String? {
        if !(learningRate > 0 && learningRate.isFinite) {
            return "a learning rate of \(number: learningRate) is not above 0 and finite"
        }
        if !(factor > 0 && factor < 1) { return "a factor of \(number: factor) is not above 0 and below 1" }
        let numbers = [threshold, minimum, smallestChange, Double(patience), Double(cooldown)]
        return numbers.allSatisfy { $0 >= 0 && $0.isFinite }
            ? nil
            : "a number of the plateau is negative or not finite: \(numbers.map { "\(number: $0)" }.joined(separator: ", "))"
    }

    /// Records a loss and returns the learning rate from now on. A loss that is NaN or infinite is not better than any
    /// other.
    public mutating func observe(_ loss: Double) -> Double {
        if loss.isFinite && loss < best.map({ $0 * (1 - threshold) }) ?? .infinity {
            best = loss
            badObservations = 0
        } else {
            badObservations += 1
        }
        if cooldownLeft > 0 {
            cooldownLeft -= 1
            badObservations = 0
        }
        if badObservations > patience {
            let reduced = max(learningRate * factor, minimum)
            if learningRate - reduced > smallestChange { learningRate = reduced }
            cooldownLeft = cooldown
            badObservations = 0
        }
        return learningRate
    }
}
