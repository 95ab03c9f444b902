import RecurrentLinearAlgebra

/// The rows of one timestep on the way back.
struct BackwardStep<S: Scalar> {
    /// s_t, n × H.
    let s: MatrixView<S>
    /// δs_t, n × H: all that reaches s_t from its own loss, from the layer above and from the step after.
    let δs: MutableMatrixView<S>
    /// δz_t, n × G·H, to be written; the same memory as `δs` where `ForwardStep` has z and s in one.
    let δz: MutableMatrixView<S>
}
