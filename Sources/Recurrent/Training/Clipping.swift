import RecurrentLinearAlgebra

/// The treatment of a gradient that is too large, before it is applied. Thresholds are above 0; an infinite one clips
/// nothing.
public enum Clipping: Equatable, Sendable, Codable {
    case none
    /// g ← g · min(1, c / ‖g‖₂), the norm taken over all parameters together.
    case norm(Double)
    /// g_i ← max(−c, min(c, g_i))
    case value(Double)
    /// δz_t ← max(−c, min(c, δz_t)) by element, at every step of the backward pass, before δz_t reaches earlier steps.
    case timestep(Double)

    /// The limit of δz_t, or nil.
    func stepLimit<S: Scalar>(in type: S.Type) -> S? {
        if case .timestep(let threshold) = self { S(threshold) } else { nil }
    }

    /// The problem of the threshold for gradients in `S`, or nil.
    func problem<S: Scalar>(in type: S.Type) -> String? {
        switch self {
        case .none: nil
        case .norm(let threshold), .value(let threshold), .timestep(let threshold):
            S(threshold) > 0 ? nil : "a clipping threshold of \(number: threshold) is not above 0"
        }
    }

    /// A bound on the magnitude of every element of the clipped gradient, but for rounding.
    func bound<S: Scalar>(norm: S) -> S {
        switch self {
        case .none, .timestep: norm
        case .norm(let threshold), .value(let threshold): min(norm, S(threshold))
        }
    }

    /// The factor that clips a gradient of this norm; nil if it stays as it is.
    func factor<S: Scalar>(norm: S) -> S? {
        guard case .norm(let threshold) = self, Double(norm) > threshold else { return nil }
        return S(threshold / Double(norm))
    }

    /// Clips the elements of a gradient; returns true if anything changed.
    func clamp<S: Scalar>(_ gradient: inout Parameters<S>) -> Bool {
        guard case .value(let threshold) = self, gradient.largestMagnitudeIgnoringNaN > S(threshold) else {
            return false
        }
        gradient.clamp(to: S(threshold))
        return true
    }
}
