import RecurrentLinearAlgebra

/// The contribution of each step to the gradient of a loss E_N: the terms G_i of ∂E_N/∂W_s, or of another parameter that
/// acts in every step, compared with their sum G = Σ_i G_i.
///
/// The share of G_i is its projection on the sum, ⟨G_i, G⟩ / ‖G‖². Shares add up to 1. A share below 0 belongs to a term
/// that points against the sum, and others may then exceed 1; norms give the sizes of the terms.
public struct GradientOrigin: Equatable, Sendable {
    public struct Part: Equatable, Sendable {
        /// N − i
        public let stepsBack: Int
        /// ‖G_i‖, the square root of the sum of all squares.
        public let norm: Double
        /// ⟨G_i, G⟩ / ‖G‖²; 0 where G is zero.
        public let share: Double
    }

    /// For 0, 1, … N − 1 steps back.
    public let parts: [Part]
    /// ‖G‖
    public let norm: Double

    /// - Parameters:
    ///   - gradient: the gradient, term by term.
    ///   - name: `.stateWeights`, `.inputWeights` or `.stateBias`; W_s by default.
    /// - Precondition: the parameter is one of these.
    public init<S: Scalar>(of gradient: UnfoldedGradient<S>, by name: ParameterName = .stateWeights) {
        let terms = gradient.terms.map { $0.term(name).converted(to: Double.self) }
        let sum = terms.dropFirst().reduce(terms[0]) { $0 + $1 }
        let (scale, norm) = (sum.largestMagnitude, sum.frobeniusNorm)
        // Scaled, so that squares of small and of large gradients stay within the range of Double.
        func projection(_ term: Matrix<Double>) -> Double {
            if scale == 0 { return 0 }
            let products = zip(term.elements, sum.elements).map { ($0 / scale) * ($1 / scale) }
            return products.reduce(0, +) / (norm / scale) / (norm / scale)
        }
        self.norm = norm
        parts = zip(gradient.terms, terms).map {
            Part(stepsBack: gradient.steps - $0.step, norm: $1.frobeniusNorm, share: projection($1))
        }
    }

    /// The fewest steps back that hold this share of Σ‖G_i‖, for example 0.9; 0 if all terms are zero.
    public func stepsBack(holding part: Double) -> Int {
        let total = parts.reduce(0) { $0 + $1.norm }
        var held = 0.0
        for part_k in parts {
            held += part_k.norm
            if held >= part * total { return part_k.stepsBack }
        }
        return parts.count - 1
    }
}

extension UnfoldedGradient.Term {
    fileprivate func term(_ name: ParameterName) -> Matrix<S> {
        switch name {
        case .stateWeights: stateWeights
        case .inputWeights: inputWeights
        case .stateBias: stateBias
        default: unreachable("\(name) has no terms; W_s, W_x and b_s of the first layer have")
        }
    }
}
