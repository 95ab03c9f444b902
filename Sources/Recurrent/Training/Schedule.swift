import RecurrentLinearAlgebra

import Foundation

/// The learning rate as a function of the training step, counted from 0.
///
/// A schedule has no state: a training loop sets `optimiser.learningRate = schedule.learningRate(at: step)` before each
/// step, and a checkpoint stores the schedule and the step. Semantics are those of torch.optim.lr_scheduler, called once
/// a step. Rates stay above 0: a schedule with a length keeps the rate of its last step from then on.
public indirect enum Schedule: Equatable, Sendable, Codable {
    /// η
    case constant(Double)
    /// η · factor^⌊t / every⌋ (StepLR).
    case step(Double, every: Int, factor: Double = 0.1)
    /// η · factor^t (ExponentialLR).
    case exponential(Double, factor: Double)
    /// minimum + ½ (η − minimum) (1 + cos(π t / steps)) for t < `steps` (CosineAnnealingLR; Loshchilov and Hutter,
    /// "SGDR: stochastic gradient descent with warm restarts", 2017).
    case cosine(Double, steps: Int, minimum: Double = 0)
    /// From maximum / divisor along half a cosine up to the maximum, which is reached after the share `rising` of the
    /// steps, and along another half down to maximum / divisor / finalDivisor at the last step (OneCycleLR without its
    /// cycle of momentum; Smith and Topin, "Super-convergence: very fast training of neural networks using large
    /// learning rates", 2018).
    case oneCycle(
        maximum: Double, steps: Int, rising: Double = 0.3, divisor: Double = 25,
        finalDivisor: Double = 1e4)
    /// Before another schedule, whose first rate is η: η · (start + (1 − start) t / steps) for t < `steps`
    /// (LinearLR in a SequentialLR).
    case warmUp(steps: Int, start: Double = 1.0 / 3, Schedule)

    /// The number of steps that the schedule spans, or nil if it has no end. Meaningful if there is no `problem`.
    public var length: Int? {
        switch self {
        case .constant, .step, .exponential: nil
        case .cosine(_, let steps, _), .oneCycle(_, let steps, _, _, _): steps
        case .warmUp(let steps, _, let schedule): schedule.length.map { $0 + steps }
        }
    }

    /// The first problem of a schedule from a person or a file, in words for people, or nil.
    public var problem: String? {
        switch self {
        case .constant(let rate):
            return notPositive(rate, "learning rate")
        case .step(let rate, let every, let factor):
            return notPositive(rate, "learning rate") ?? notPositive(factor, "factor")
                ?? notCounting(every)
        case .exponential(let rate, let factor):
            return notPositive(rate, "learning rate") ?? notPositive(factor, "factor")
        case .cosine(let rate, let steps, let minimum):
            if !(minimum >= 0 && minimum <= rate) {
                return
                    "a minimum of \(number: minimum) is not between 0 and the learning rate of \(number: rate)"
            }
            return notPositive(rate, "learning rate") ?? notCounting(steps)
        case .oneCycle(let maximum, let steps, let rising, let divisor, let finalDivisor):
            if !(rising >= 0 && rising < 1) { return "a rising share of \(number: rising) is not in 0..<1" }
            return notPositive(maximum, "learning rate") ?? notCounting(steps)
                ?? notPositive(divisor, "divisor") ?? notPositive(finalDivisor, "divisor")
        case .warmUp(let steps, let start, let schedule):
            if !(start > 0 && start <= 1) {
                return "a start of \(number: start) is not above 0 and at most 1"
            }
            return notCounting(steps) ?? schedule.problem
        }
    }

    /// η of a step.
    ///
    /// - Precondition: the step is not negative, and there is no `problem`.
    public func learningRate(at step: Int) -> Double {
        requireStep(step)
        requireSettings(problem)
        return rate(at: length.map { min(step, $0 - 1) } ?? step)
    }

    private func rate(at step: Int) -> Double {
        switch self {
        case .constant(let rate):
            return rate
        case .step(let rate, let every, let factor):
            return rate * pow(factor, Double(step / every))
        case .exponential(let rate, let factor):
            return rate * pow(factor, Double(step))
        case .cosine(let rate, let steps, let minimum):
            return between(rate, minimum, at: Double(step) / Double(steps))
        case .oneCycle(let maximum, let steps, let rising, let divisor, let finalDivisor):
            let (start, top) = (maximum / divisor, rising * Double(steps) - 1)
            if top > 0 && Double(step) <= top {
                return between(start, maximum, at: Double(step) / top)
            }
            let done = (Double(step) - top) / (Double(steps - 1) - top)
            return between(maximum, start / finalDivisor, at: done)
        case .warmUp(let steps, let start, let schedule):
            guard step < steps else { return schedule.rate(at: step - steps) }
            return schedule.rate(at: 0) * (start + (1 - start) * Double(step) / Double(steps))
        }
    }

    /// From `start` to `end` along half a cosine. As ½ (1 + cos πx) = cos² ½πx, nothing cancels near the end.
    private func between(_ start: Double, _ end: Double, at done: Double) -> Double {
        let root = cos(done * .pi / 2)
        return end + (start - end) * root * root
    }

    private func notPositive(_ value: Double, _ name: String) -> String? {
        value > 0 && value.isFinite ? nil : "a \(name) of \(number: value) is not above 0 and finite"
    }

    private func notCounting(_ steps: Int) -> String? {
        if steps < 1 { return "a schedule needs at least one step, not \(steps)" }
        return steps <= 1 << 52 ? nil : "a schedule of \(steps) steps is too long to be counted in Double"
    }
}
