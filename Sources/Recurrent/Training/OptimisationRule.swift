import RecurrentLinearAlgebra

/// The rule by which an optimiser turns gradients into updates. Semantics and defaults are those of torch.optim.
///
/// Below, g is the gradient, clipped, to which L2 weight decay has added λ θ; moments start at zero; t counts the
/// steps from 1; squares, roots and quotients are by element.
public enum OptimisationRule: Equatable, Sendable, Codable {
    /// Stochastic gradient descent with momentum (Polyak, "Some methods of speeding up the convergence of
    /// iteration methods", 1964), μ = `momentum`:
    ///
    ///     v ← μ v + g,    θ ← θ − η v
    ///
    /// and with Nesterov's, as Sutskever, Martens, Dahl and Hinton ("On the importance of initialization and
    /// momentum in deep learning", 2013) use it, θ ← θ − η (g + μ v). Without momentum v is g itself and takes
    /// no memory.
    case sgd(momentum: Double = 0, nesterov: Bool = false)
    /// Adagrad (Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic
    /// optimization", 2011):
    ///
    ///     s ← s + g²,    θ ← θ − η g / (√s + ε)
    case adagrad(epsilon: Double = 1e-10)
    /// RMSProp (Tieleman and Hinton, "Neural networks for machine learning", lecture 6.5, 2012), α = `decay`,
    /// μ = `momentum`:
    ///
    ///     s ← α s + (1 − α) g²,    v ← μ v + g / (√s + ε),    θ ← θ − η v
    ///
    /// Without momentum v takes no memory.
    case rmsProp(decay: Double = 0.99, epsilon: Double = 1e-8, momentum: Double = 0)
    /// Adam (Kingma and Ba, "Adam: a method for stochastic optimization", 2015):
    ///
    ///     m ← β₁ m + (1 − β₁) g,    s ← β₂ s + (1 − β₂) g²
    ///     θ ← θ − η m / (1 − β₁ᵗ) / (√(s / (1 − β₂ᵗ)) + ε)
    case adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8)
    /// Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled weight decay regularization", 2019):
    /// g is the gradient alone, and θ ← θ − η λ θ comes before Adam's update.
    case adamW(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8)
}

extension OptimisationRule {
    /// The moments that the rule keeps, in the order of its formula.
    public var moments: [Moment] {
        switch self {
        case .sgd(let momentum, _): momentum > 0 ? [.momentum] : []
        case .adagrad: [.square]
        case .rmsProp(_, _, let momentum): momentum > 0 ? [.square, .momentum] : [.square]
        case .adam, .adamW: [.mean, .square]
        }
    }

    /// λ if none is given.
    var defaultWeightDecay: Double {
        if case .adamW = self { 0.01 } else { 0 }
    }

    /// The first problem of the rule's numbers for an optimiser in `S`, or nil.
    func problem<S: Scalar>(in type: S.Type) -> String? {
        switch self {
        case .sgd(let momentum, let nesterov):
            if nesterov && momentum == 0 { return "Nesterov's momentum needs a momentum above 0" }
            return notAShare(momentum, "momentum", in: type)
        case .adagrad(let epsilon):
            return notPositive(epsilon, in: type)
        case .rmsProp(let decay, let epsilon, let momentum):
            return notAShare(decay, "decay", in: type) ?? notPositive(epsilon, in: type)
                ?? notAShare(momentum, "momentum", in: type)
        case .adam(let beta1, let beta2, let epsilon), .adamW(let beta1, let beta2, let epsilon):
            return notAShare(beta1, "beta1", in: type) ?? notAShare(beta2, "beta2", in: type)
                ?? notPositive(epsilon, in: type)
        }
    }

    private func notAShare<S: Scalar>(_ value: Double, _ name: String, in type: S.Type) -> String? {
        value >= 0 && S(value) < 1 ? nil : "a \(name) of \(number: value) is not in 0..<1"
    }

    private func notPositive<S: Scalar>(_ epsilon: Double, in type: S.Type) -> String? {
        S(epsilon) > 0 && S(epsilon).isFinite
            ? nil : "an epsilon of \(number: epsilon) is not above 0 and finite"
    }
}
