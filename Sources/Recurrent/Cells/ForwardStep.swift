import RecurrentLinearAlgebra

/// The rows of one timestep on the way forwards, one for each of n sequences that have the step. All views of H columns
/// belong to the same units.
struct ForwardStep<S: Scalar> {
    /// The arguments of the gates, to which the biases are still to be added: n × the cell's blocks of H columns. Where
    /// z_t is not needed again it is the same memory as `s`.
    let z: MutableMatrixView<S>
    /// b_s, 1 × G·H, if the layer has one.
    let bias: MatrixView<S>?
    /// b_n, 1 × H, of a GRU that has one.
    let candidateBias: MatrixView<S>?
    /// s_{t−1}
    let s₋: MatrixView<S>
    /// s_t, to be written.
    let s: MutableMatrixView<S>
    /// c_{t−1} and c_t, to be written, of a cell that has a c.
    let c: Cells?

    struct Cells {
        let before: MatrixView<S>
        let after: MutableMatrixView<S>
    }

    /// The same step with other values in the place of s_{t−1}.
    func with(s₋: MatrixView<S>) -> ForwardStep {
        ForwardStep(z: z, bias: bias, candidateBias: candidateBias, s₋: s₋, s: s, c: c)
    }
}
