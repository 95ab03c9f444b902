import Foundation
import RecurrentLinearAlgebra

/// The effect of one cell's W_s on a gradient on its way back through time, as far as W_s alone decides it:
///
///     ‖∂s_N/∂s_i‖₂ ≤ (γ σ_max(W_s))^{N−i}
///
/// with γ the largest slope of Φ. So γ σ_max < 1 suffices for the gradient to vanish, and γ σ_max > 1 is necessary for it
/// to explode (Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks", 2013). The
/// spectral radius ρ decides between the two: while slopes stay at γ the product of Jacobians is (γ W_s)^{N−i}, which
/// grows in the long run if γ ρ > 1 and dies away if γ ρ < 1. All of this is right for Elman cells only.
public struct RecurrenceSpectrum: Equatable, Sendable {
    /// The fate of gradients over many steps, by the bound and the spectral radius.
    public enum Prospect: String, CaseIterable, Sendable, Codable {
        /// γ σ_max < 1: the gradient vanishes, at least as fast as (γ σ_max)^{N−i}.
        case vanishes
        /// γ σ_max ≥ 1 ≥ γ ρ: neither vanishing nor exploding follows. At γ σ_max = 1 exploding is ruled out.
        case undecided
        /// γ ρ > 1: the gradient can explode, along some direction and while slopes stay near γ.
        case mayExplode
    }

    /// The singular values of W_s in descending order.
    public let singularValues: [Double]
    /// The eigenvalues of W_s, the largest magnitude first.
    public let eigenvalues: [Eigenvalue<Double>]
    /// Φ
    public let activation: Activation

    /// - Parameters:
    ///   - W_s: H × H.
    ///   - activation: Φ of the cell.
    /// - Throws: `FactorisationError` if W_s is not finite, or if LAPACK fails on it.
    /// - Precondition: W_s is square.
    ///
    /// Cost: O(H³).
    public init<S: Scalar>(_ W_s: Matrix<S>, activation: Activation) throws(FactorisationError) {
        let W_s = W_s.converted(to: Double.self)
        singularValues = try W_s.svd().singularValues
        eigenvalues = try W_s.eigenvalues().sorted { $0.magnitude > $1.magnitude }
        self.activation = activation
    }

    /// The spectrum of one cell of a network, or nil if the network has no such W_s or the cell is not Elman's.
    ///
    /// - Parameters:
    ///   - network: any network.
    ///   - name: the cell's `.stateWeights(layer:reverse:)`; by default the first layer's, read forwards.
    /// - Throws: `FactorisationError` if W_s is not finite, or if LAPACK fails on it.
    public init?<S: Scalar>(
        of network: RecurrentNetwork<S>, at name: ParameterName = .stateWeights
    ) throws(FactorisationError) {
        guard name.kind == .stateWeights, let W_s = network.parameters[name],
            let activation = network.configuration.layers[name.layer].cell.activation
        else { return nil }
        try self.init(W_s, activation: activation)
    }

    /// σ_max(W_s) = ‖W_s‖₂
    public var spectralNorm: Double { singularValues.first ?? 0 }
    /// ρ(W_s), the largest magnitude of an eigenvalue.
    public var spectralRadius: Double { eigenvalues.first?.magnitude ?? 0 }
    /// γ σ_max, the bound on ‖∂s_k/∂s_{k−1}‖₂.
    public var growthLimit: Double { activation.largestSlope * spectralNorm }

    /// Vanishing or exploding gradients, as far as either follows. γ σ_max and γ ρ count as 1 if they differ from it by
    /// rounding only.
    public var prospect: Prospect {
        let rounding = 8 * Double(max(1, singularValues.count)) * Double.ulpOfOne
        if growthLimit < 1 - rounding { return .vanishes }
        return activation.largestSlope * spectralRadius > 1 + rounding ? .mayExplode : .undecided
    }

    /// (γ σ_max)^k, the bound on ‖∂s_N/∂s_{N−k}‖₂. 1 for k = 0.
    public func bound(stepsBack k: Int) -> Double { pow(growthLimit, Double(k)) }
}

extension Activation {
    /// γ = max |Φ'(z)|: 1 for tanh, ReLU and identity, ¼ for sigmoid.
    public var largestSlope: Double { self == .sigmoid ? 0.25 : 1 }
}
