import Foundation
import RecurrentLinearAlgebra

/// One step of a rule with all of its numbers, which can be applied to any part of the buffers.
struct OptimisationStep<S: Scalar> {
    private let rule: OptimisationRule
    /// η; for Adam η / (1 − β₁ᵗ).
    private let rate: S
    /// λ of g + λ θ.
    private let decay: S
    /// 1 − η λ where weight decay is decoupled, 1 otherwise.
    private let shrink: S
    /// 1 / √(1 − β₂ᵗ)
    private let scale: S

    /// Step `t` ≥ 1. The corrections are computed in Double whatever `S` is.
    init(_ rule: OptimisationRule, learningRate: Double, weightDecay: Double, t: Int) {
        self.rule = rule
        var (rate, decay, shrink, scale) = (learningRate, weightDecay, 1.0, 1.0)
        switch rule {
        case .sgd, .adagrad, .rmsProp: break
        case .adam(let beta1, let beta2, _), .adamW(let beta1, let beta2, _):
            rate = learningRate / (1 - pow(beta1, Double(t)))
            scale = 1 / (1 - pow(beta2, Double(t))).squareRoot()
        }
        if case .adamW = rule { (decay, shrink) = (0, 1 - learningRate * weightDecay) }
        self.rate = S(rate)
        self.decay = S(decay)
        self.shrink = S(shrink)
        self.scale = S(scale)
    }

    /// Updates some of the parameters `x`, and as much of the rule's moments.
    ///
    /// - Precondition: there are as many moments as the rule keeps.
    func apply(
        to x: MutableVectorView<S>, along g: VectorView<S>, _ first: MutableVectorView<S>?,
        _ second: MutableVectorView<S>?
    ) {
        switch rule {
        case .sgd(let momentum, let nesterov):
            guard momentum > 0 else { return x.descend(along: g, rate: rate, decay: decay) }
            let carried = nesterov ? S(momentum) : 1
            x.descend(
                along: g, velocity: kept(first), rate: rate, decay: decay, momentum: S(momentum),
                own: nesterov ? 1 : 0, carried: carried)
        case .adagrad(let epsilon):
            x.descend(along: g, squareSum: kept(first), rate: rate, decay: decay, epsilon: S(epsilon))
        case .rmsProp(let share, let epsilon, let momentum):
            guard momentum > 0 else {
                return x.descend(
                    along: g, squareMean: kept(first), rate: rate, decay: decay, kept: S(share),
                    added: S(1 - share), epsilon: S(epsilon))
            }
            x.descend(
                along: g, squareMean: kept(first), velocity: kept(second), rate: rate, decay: decay,
                kept: S(share), added: S(1 - share), epsilon: S(epsilon), momentum: S(momentum))
        case .adam(let beta1, let beta2, let epsilon), .adamW(let beta1, let beta2, let epsilon):
            x.descend(
                along: g, mean: kept(first), squareMean: kept(second), rate: rate, decay: decay,
                shrink: shrink, meanAdded: S(1 - beta1), kept: S(beta2), added: S(1 - beta2), scale: scale,
                epsilon: S(epsilon))
        }
    }

    private func kept(_ moment: MutableVectorView<S>?) -> MutableVectorView<S> {
        guard let moment else { unreachable("a moment is missing that \(rule) keeps") }
        return moment
    }

    /// True if no number of the update can overflow, judged by the largest magnitudes of parameters, gradient and moments.
    ///
    /// Each line bounds one of the rule's formulas; quotients are bounded by their numerator over ε. The factor of two
    /// allows for rounding.
    func staysFinite(parameters: S, gradient: S, first: S, second: S) -> Bool {
        let g = gradient + decay * parameters
        var (square, change) = (S(0), g)
        switch rule {
        case .sgd(let momentum, let nesterov):
            let v = S(momentum) * first + g
            change = nesterov ? g + S(momentum) * v : v
        case .adagrad(let epsilon):
            (square, change) = (first + g * g, g / S(epsilon))
        case .rmsProp(_, let epsilon, let momentum):
            (square, change) = (first + g * g, S(momentum) * second + g / S(epsilon))
        case .adam(_, _, let epsilon), .adamW(_, _, let epsilon):
            (square, change) = (second + g * g, (first + g) / S(epsilon))
        }
        let after = shrink.magnitude * parameters + rate * change
        return (2 * square).isFinite && (2 * change).isFinite && (2 * after).isFinite
    }
}
