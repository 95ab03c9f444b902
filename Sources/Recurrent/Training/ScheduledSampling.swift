import Foundation

/// The probability, by training step, that a network which feeds on its own output gets the true input instead (Bengio,
/// Vinyals, Jaitly and Shazeer, "Scheduled sampling for sequence prediction with recurrent neural networks", 2015).
///
/// A probability of 1 is teacher forcing, the same as training without sampling; 0 is free running.
public enum ScheduledSampling: Equatable, Sendable, Codable {
    /// ε
    case constant(Double)
    /// max(minimum, 1 − slope · t)
    case linear(slope: Double, minimum: Double = 0)
    /// factor^t, factor < 1
    case exponential(factor: Double)
    /// k / (k + e^(t/k)), k ≥ 1
    case inverseSigmoid(k: Double)

    /// The network runs freely from its first step on.
    public static let freeRunning = ScheduledSampling.constant(0)

    /// ε of a step, counted from 0.
    ///
    /// - Precondition: the step is not negative, and there is no `problem`.
    public func teacherProbability(at step: Int) -> Double {
        requireStep(step)
        requireSettings(problem)
        let t = Double(step)
        return switch self {
        case .constant(let probability): probability
        case .linear(let slope, let minimum): max(minimum, 1 - slope * t)
        case .exponential(let factor): pow(factor, t)
        case .inverseSigmoid(let k): k / (k + exp(t / k))
        }
    }

    /// The problem of the numbers, in words for people, or nil.
    public var problem: String? {
        let isGood =
            switch self {
            case .constant(let probability): 0...1 ~= probability
            case .linear(let slope, let minimum): slope >= 0 && slope.isFinite && 0...1 ~= minimum
            case .exponential(let factor): factor > 0 && factor < 1
            case .inverseSigmoid(let k): k >= 1 && k.isFinite
            }
        let words = "\(self)".replacingOccurrences(of: "-nan", with: "nan")
        return isGood ? nil : "\(words) does not give probabilities"
    }
}
