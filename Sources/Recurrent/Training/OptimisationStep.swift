import Foundation
import RecurrentLinearAlgebra

/// One step of a rule, with all of its numbers at hand: what is done to any stretch of the buffers.
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

    /// Updates a stretch of the parameters and of the rule's moments.
    func apply(
        to x: MutableVectorView<S>, along g: VectorView<S>, _ first: MutableVectorView<S>?,
        _ second: MutableVectorView<S>?
    ) {
        switch (rule, first, second) {
        case (.sgd(let momentum, let nesterov), let v?, _):
            let carried = nesterov ? S(momentum) : 1
            x.descend(
                along: g, velocity: v, rate: rate, decay: decay, momentum: S(momentum),
                own: nesterov ? 1 : 0, carried: carried)
        case (.adagrad(let epsilon), let s?, _):
            x.descend(along: g, squareSum: s, rate: rate, decay: decay, epsilon: S(epsilon))
        case (.rmsProp(let kept, let epsilon, let momentum), let s?, let v?):
            x.descend(
                along: g, squareMean: s, velocity: v, rate: rate, decay: decay, kept: S(kept),
                added: S(1 - kept), epsilon: S(epsilon), momentum: S(momentum))
        case (.rmsProp(let kept, let epsilon, _), let s?, nil):
            x.descend(
                along: g, squareMean: s, rate: rate, decay: decay, kept: S(kept), added: S(1 - kept),
                epsilon: S(epsilon))
        case (.adam(let beta1, let beta2, let epsilon), let m?, let s?),
            (.adamW(let beta1, let beta2, let epsilon), let m?, let s?):
            x.descend(
                along: g, mean: m, squareMean: s, rate: rate, decay: decay, shrink: shrink,
                meanAdded: S(1 - beta1), kept: S(beta2), added: S(1 - beta2), scale: scale,
                epsilon: S(epsilon))
        default:
            x.descend(along: g, rate: rate, decay: decay)
        }
    }

    /// Whether no number of the update can overflow, judged by the largest magnitudes of what goes in.
    ///
    /// Each line bounds one of the rule's formulas; quotients are bounded by their numerator over ε. The factor of
    /// two is for rounding.
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

/// The update of all parameters, cut into items that any worker may do.
final class OptimisationWork<S: Scalar>: ParallelWork, @unchecked Sendable {
    // Unchecked: an optimiser uses it only while it holds the single reference, and only within one call;
    // the workers read what is set before they begin.

    private var step: OptimisationStep<S>?
    private var parameters: MutableVectorView<S>?
    private var gradient: VectorView<S>?
    private var moments: (first: MutableVectorView<S>?, second: MutableVectorView<S>?)

    /// Updates `parameters` and moments, on the workers of `unfolding` where there is enough to do. An element's
    /// result depends on that element alone, so it has the same bits on any number of workers.
    func run(
        _ step: OptimisationStep<S>, _ parameters: MutableVectorView<S>, along gradient: VectorView<S>,
        _ first: MutableVectorView<S>?, _ second: MutableVectorView<S>?, on unfolding: Unfolding<S>?
    ) {
        (self.step, self.parameters, self.gradient) = (step, parameters, gradient)
        moments = (first, second)
        defer { (self.step, self.parameters, self.gradient, moments) = (nil, nil, nil, (nil, nil)) }
        let items = (parameters.count + chunk - 1) / chunk
        if let unfolding, items >= fewestShared { return unfolding.share(self, items: items) }
        for item in 0..<items { work(on: item) }
    }

    package func work(on item: Int) {
        guard let step, let parameters, let gradient else { return }
        let range = item * chunk..<min((item + 1) * chunk, parameters.count)
        step.apply(
            to: parameters.elements(range), along: gradient.elements(range),
            moments.first?.elements(range), moments.second?.elements(range))
    }
}

/// The elements of one item.
private let chunk = 16_384
/// The items from which on the work is shared: fewer are done, in some 150 µs, before sharing has paid for itself.
private let fewestShared = 8
