import RecurrentLinearAlgebra

/// The rows of one timestep on the way back, as in `ForwardStep`.
struct BackwardStep<S: Scalar> {
    /// What the way forwards left in z_t; δz_t is to take its place, unless it takes that of `δs`.
    let z: MutableMatrixView<S>
    /// s_{t−1} and s_t
    let s₋: MatrixView<S>
    let s: MatrixView<S>
    /// δs_t: all that reaches s_t from its own loss, from the layer above and from the step after.
    let δs: MutableMatrixView<S>
    /// δs_{t−1}, to which a cell adds what does not pass through W_s; written anew unless `adds`.
    let δs₋: MutableMatrixView<S>
    let adds: Bool
    /// c_{t−1}, c_t and δc_t, which is to become δc_{t−1}, of a cell that has a c.
    let c: Cells?

    struct Cells {
        let before: MatrixView<S>
        let after: MatrixView<S>
        let δ: MutableMatrixView<S>
    }
}
