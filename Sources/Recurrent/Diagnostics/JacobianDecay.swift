import RecurrentLinearAlgebra

/// ‖∂s_N/∂s_i‖₂ by the number of steps back on one sequence, and two bounds on it: from the slopes that Φ has on the
/// sequence, and from W_s alone.
///
///     ‖∂s_N/∂s_i‖₂  ≤  Π_{k=i+1..N} max|Φ'(z_k)| σ_max(W_s)  ≤  (γ σ_max(W_s))^{N−i}
public struct JacobianDecay: Equatable, Sendable {
    public struct Part: Equatable, Sendable {
        /// N − i
        public let stepsBack: Int
        /// ‖∂s_N/∂s_i‖₂; 1 for no steps back.
        public let norm: Double
        /// Π_{k=i+1..N} max|Φ'(z_k)| σ_max(W_s)
        public let slopeBound: Double
        /// (γ σ_max(W_s))^{N−i}; see `RecurrenceSpectrum`.
        public let bound: Double
    }

    /// For 0, 1, … N steps back; the last is ∂s_N/∂s_0.
    public let parts: [Part]

    /// - Parameters:
    ///   - gradient: the gradient, term by term.
    ///   - spectrum: the spectrum of the W_s of the same network.
    /// - Throws: `FactorisationError` if a Jacobian is not finite, or if LAPACK fails.
    ///
    /// Cost: O(N·H³).
    public init<S: Scalar>(
        of gradient: UnfoldedGradient<S>, _ spectrum: RecurrenceSpectrum
    ) throws(FactorisationError) {
        let N = gradient.steps
        let toInitialState = gradient.stepJacobians[0] * gradient.terms[N - 1].stateJacobian
        var slopeBound = 1.0
        var parts: [Part] = []
        for (k, jacobian) in (gradient.terms.map(\.stateJacobian) + [toInitialState]).enumerated() {
            if k > 0 {
                let slope = Double(gradient.slopes[N - k].largestMagnitude)
                // Zero, even if the product so far is infinite.
                slopeBound = slope == 0 ? 0 : slopeBound * slope * spectrum.spectralNorm
            }
            let norm = try jacobian.converted(to: Double.self).spectralNorm()
            parts.append(
                Part(stepsBack: k, norm: norm, slopeBound: slopeBound, bound: spectrum.bound(stepsBack: k)))
        }
        self.parts = parts
    }
}
