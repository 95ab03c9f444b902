import RecurrentLinearAlgebra

/// The gated recurrent unit with the reset before the product, the form that was published first:
///
///     n = tanh(a_n + p W_s[n])                       p = r ⊙ s_{t−1}
///
///     δp = δa_n W_s[n]ᵀ
///     δa_r = δp ⊙ s_{t−1} ⊙ (r − r²)
///     δs_{t−1} += δs_t ⊙ z + δp ⊙ r
///
/// and everything else as in `GRUCell`. Two products in a row each way. A row of Z is n r z p; the way back keeps these
/// and s, five numbers for a unit of a step: p is the left factor of ∂E/∂W_s[n].
struct ResetFirstGRUCell: CellEquations {
    static let shape = CellShape(
        inputGates: .gruInputs, stateGates: .gruStates, gates: 3, blocks: 4, stateBlocks: 1..<3,
        candidate: .afterReset, passesState: true)

    func forwardReset<S: Scalar>(_ step: ForwardStep<S>) {
        step.z.applyGRUReset(bias: step.bias, before: step.s₋)
    }

    func forward<S: Scalar>(_ step: ForwardStep<S>) {
        step.z.applyGRUUpdate(bias: step.bias, before: step.s₋, state: step.s)
    }

    func backward<S: Scalar>(_ step: BackwardStep<S>) {
        step.z.applyGRUUpdateBackward(before: step.s₋, δs: step.δs.readOnly, δs₋: step.δs₋, adds: step.adds)
    }

    func backwardReset<S: Scalar>(_ step: BackwardStep<S>, δp: MutableMatrixView<S>) {
        step.z.applyGRUResetBackward(δp: δp)
    }

    func saturatedCount<S: Scalar>(of z: MatrixView<S>) -> Int { saturatedGRUCount(of: z) }
}
