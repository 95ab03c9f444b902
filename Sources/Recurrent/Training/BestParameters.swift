import RecurrentLinearAlgebra

/// The parameters of the epoch with the lowest loss so far.
struct BestParameters<S: Scalar> {
    let loss: Double
    /// Counted from 1.
    let epoch: Int
    let parameters: Parameters<S>
}
