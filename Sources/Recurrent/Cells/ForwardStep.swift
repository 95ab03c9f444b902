import RecurrentLinearAlgebra

/// The rows of one timestep on the way forwards, one for each sequence that has the step: n of them.
struct ForwardStep<S: Scalar> {
    /// x_t W_x + s_{t−1} W_s, to which the bias is still to be added; n × G·H.
    let z: MutableMatrixView<S>
    /// b_s, 1 × G·H, if the layer has one.
    let bias: MatrixView<S>?
    /// s_t, n × H, to be written. Where z_t is not needed again it is the same memory as `z`.
    let s: MutableMatrixView<S>
}
