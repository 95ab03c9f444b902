import RecurrentLinearAlgebra

/// Long short-term memory (Hochreiter and Schmidhuber, "Long short-term memory", 1997, with the forget gate of Gers,
/// Schmidhuber and Cummins, 2000):
///
///     z_t = x_t W_x + s_{t−1} W_s + b_s              in columns i f g o
///     i = σ(z_i)   f = σ(z_f)   g = tanh(z_g)   o = σ(z_o)
///     c_t = f ⊙ c_{t−1} + i ⊙ g
///     s_t = o ⊙ tanh(c_t)
///
///     δc_t += δs_t ⊙ o ⊙ (1 − u²)                    u = tanh(c_t), computed again
///     δz_i = δc_t ⊙ g ⊙ (i − i²)       δz_f = δc_t ⊙ c_{t−1} ⊙ (f − f²)
///     δz_g = δc_t ⊙ i ⊙ (1 − g²)       δz_o = δs_t ⊙ u ⊙ (o − o²)
///     δc_{t−1} = δc_t ⊙ f
///
/// The way back keeps i, f, g, o, c and s, six numbers for a unit of a step; δz takes the place of the gates.
struct LSTMCell: CellEquations {
    static let shape = CellShape(
        inputGates: .lstm, stateGates: .lstm, gates: 4, blocks: 4, stateBlocks: 0..<4, hasCellState: true)

    @inline(__always)
    func forward<S: Scalar>(_ step: ForwardStep<S>) {
        guard let c = step.c else { return }
        step.z.applyLSTM(bias: step.bias, before: c.before, cell: c.after, state: step.s)
    }

    @inline(__always)
    func backward<S: Scalar>(_ step: BackwardStep<S>) {
        guard let c = step.c else { return }
        step.z.applyLSTMBackward(before: c.before, cell: c.after, δs: step.δs.readOnly, δc: c.δ)
    }

    func saturatedCount<S: Scalar>(of z: MatrixView<S>) -> Int {
        let H = z.columns / 4
        return z.columns(0..<2 * H).count(outside: Activation.sigmoid.unsaturated())
            + z.columns(2 * H..<3 * H).count(outside: Activation.tanh.unsaturated())
            + z.columns(3 * H..<4 * H).count(outside: Activation.sigmoid.unsaturated())
    }
}
