import RecurrentLinearAlgebra

/// Φ, the function that turns z_t into the state s_t of an Elman cell.
public enum Activation: String, CaseIterable, Sendable, Codable {
    case tanh, sigmoid, relu, identity

    /// z ← Φ(z + b), in place, b being added to every row if there is one.
    func apply<S: Scalar>(to z: MutableMatrixView<S>, afterAdding b: MatrixView<S>?) {
        guard let b else { return apply(to: z) }
        switch self {
        case .tanh: z.applyTanh(afterAdding: b)
        case .sigmoid: z.applySigmoid(afterAdding: b)
        case .relu: z.applyReLU(afterAdding: b)
        case .identity: z.addToEachRow(b)
        }
    }

    /// z ← Φ(z), in place.
    private func apply<S: Scalar>(to z: MutableMatrixView<S>) {
        switch self {
        case .tanh: z.applyTanh()
        case .sigmoid: z.applySigmoid()
        case .relu: z.applyReLU()
        case .identity: break
        }
    }

    /// δ ← δ ⊙ Φ'(z), in place, with Φ' taken from s = Φ(z).
    func multiplyByDerivative<S: Scalar>(_ δ: MutableMatrixView<S>, at s: MatrixView<S>) {
        switch self {
        case .tanh: δ.multiplyByTanhDerivative(at: s)
        case .sigmoid: δ.multiplyBySigmoidDerivative(at: s)
        case .relu: δ.multiplyByReLUDerivative(at: s)
        case .identity: break
        }
    }

    /// The states s = Φ(z) at which |Φ'| is at least 2 % of its largest value.
    func unsaturated<S: Scalar>() -> ClosedRange<S> {
        switch self {
        case .tanh: -0.99...0.99
        case .sigmoid: 0.005...0.995
        case .relu: S.leastNonzeroMagnitude...S.infinity
        case .identity: -S.infinity...S.infinity
        }
    }
}
