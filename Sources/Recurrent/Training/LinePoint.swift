import RecurrentLinearAlgebra

/// A point θ + t d on a line, E there, its derivative by t and its gradient.
struct LinePoint<S: Scalar> {
    var t = 0.0
    var loss = 0.0
    var slope = 0.0
    var gradient: Parameters<S>
}
