import RecurrentLinearAlgebra

/// What is done to a gradient that is too large, before it is applied.
public enum Clipping: Equatable, Sendable, Codable {
    case none
    /// g ← g · min(1, c / ‖g‖₂), the norm taken over all parameters together.
    case norm(Double)
    /// g_i ← max(−c, min(c, g_i))
    case value(Double)
    /// δz_t ← max(−c, min(c, δz_t)) by element, at every step on the way back, before it is carried on.
    case timestep(Double)

    /// What δz_t is clipped to.
    func stepLimit<S: Scalar>(in type: S.Type) -> S? {
        if case .timestep(let threshold) = self { S(threshold) } else { nil }
    }

    /// What is wrong with the threshold for gradients in `S`, or nil.
    func problem<S: Scalar>(in type: S.Type) -> String? {
        switch self {
        case .none: nil
        case .norm(let threshold), .value(let threshold), .timestep(let threshold):
            S(threshold) > 0 ? nil : "a clipping threshold of \(threshold) is not above 0"
        }
    }

    /// What no element of the clipped gradient is larger than, but for rounding.
    func bound<S: Scalar>(norm: S) -> S {
        switch self {
        case .none, .timestep: norm
        case .norm(let threshold), .value(let threshold): min(norm, S(threshold))
        }
    }

    /// Clips a gradient whose norm is known; returns whether anything changed.
    func apply<S: Scalar>(to gradient: inout Parameters<S>, norm: S) -> Bool {
        switch self {
        case .none, .timestep:
            return false
        case .norm(let threshold):
            guard Double(norm) > threshold else { return false }
            gradient.mutableVector.scale(by: S(threshold / Double(norm)))
            return true
        case .value(let threshold):
            let limit = S(threshold)
            guard gradient.largestMagnitudeIgnoringNaN > limit else { return false }
            gradient.clamp(to: limit)
            return true
        }
    }
}
