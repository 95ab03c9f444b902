import RecurrentLinearAlgebra

/// The simple recurrent cell (Elman, "Finding structure in time", 1990):
///
///     z_t = x_t W_x + s_{t−1} W_s + b_s
///     s_t = Φ(z_t)
///
///     δz_t = δs_t ⊙ Φ'(z_t)
///
/// Φ' follows from s_t, so z_t need not be kept: s_t takes its place, and δz_t the place of δs_t. A unit of a step costs
/// one number of each, and one Φ forwards.
struct ElmanCell: CellEquations {
    static let shape = CellShape(
        inputGates: .candidate, stateGates: .candidate, gates: 1, blocks: 1, stateBlocks: 0..<1)

    /// Φ
    let activation: Activation

    /// s = Φ(z + b), in place.
    @inline(__always)
    func forward<S: Scalar>(_ step: ForwardStep<S>) {
        activation.apply(to: step.s, afterAdding: step.bias)
    }

    /// δz = δs ⊙ Φ'(z), in place; Φ'(z) from s.
    @inline(__always)
    func backward<S: Scalar>(_ step: BackwardStep<S>) {
        activation.multiplyByDerivative(step.δs, at: step.s)
    }

    /// |Φ'| is below 2 % of its largest value there.
    func saturatedCount<S: Scalar>(of s: MatrixView<S>) -> Int {
        s.count(outside: activation.unsaturated())
    }
}
