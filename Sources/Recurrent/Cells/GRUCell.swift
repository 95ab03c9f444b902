import RecurrentLinearAlgebra

/// The gated recurrent unit (Cho and others, "Learning phrase representations using RNN encoder–decoder", 2014) with the
/// reset after the product, as PyTorch and cuDNN have it:
///
///     a = x_t W_x + b_s                              in columns n r z
///     q = s_{t−1} W_s[n] + b_n
///     r = σ(a_r + s_{t−1} W_s[r])   z = σ(a_z + s_{t−1} W_s[z])
///     n = tanh(a_n + r ⊙ q)
///     s_t = (1 − z) ⊙ n + z ⊙ s_{t−1}
///
///     δa_n = δs_t ⊙ (1 − z) ⊙ (1 − n²)     δa_z = δs_t ⊙ (s_{t−1} − n) ⊙ (z − z²)
///     δa_r = δa_n ⊙ q ⊙ (r − r²)           δq = δa_n ⊙ r
///     δs_{t−1} += δs_t ⊙ z
///
/// A row of Z is n r z q: W_x makes the first three, W_s, whose columns are r z n, the last three. So ∂E/∂W_x and ∂E/∂W_s
/// are each one product. The way back keeps n, r, z, q and s, five numbers for a unit of a step.
struct GRUCell: CellEquations {
    static let shape = CellShape(
        inputGates: .gruInputs, stateGates: .gruStates, gates: 3, blocks: 4, stateBlocks: 1..<4,
        candidate: .apart, passesState: true)

    @inline(__always)
    func forward<S: Scalar>(_ step: ForwardStep<S>) {
        step.z.applyGRU(bias: step.bias, candidateBias: step.candidateBias, before: step.s₋, state: step.s)
    }

    @inline(__always)
    func backward<S: Scalar>(_ step: BackwardStep<S>) {
        step.z.applyGRUBackward(before: step.s₋, δs: step.δs.readOnly, δs₋: step.δs₋, adds: step.adds)
    }

    func saturatedCount<S: Scalar>(of z: MatrixView<S>) -> Int { saturatedGRUCount(of: z) }
}

/// The gates n, r and z that are saturated.
func saturatedGRUCount<S: Scalar>(of z: MatrixView<S>) -> Int {
    let H = z.columns / 4
    return z.columns(0..<H).count(outside: Activation.tanh.unsaturated())
        + z.columns(H..<3 * H).count(outside: Activation.sigmoid.unsaturated())
}
