import RecurrentLinearAlgebra

/// Φ, the function that turns z_t into the state s_t.
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
    func multiplyByDerivative<S: Scalar>(_ delta: MutableMatrixView<S>, at s: MatrixView<S>) {
        switch self {
        case .tanh: delta.multiplyByTanhDerivative(at: s)
        case .sigmoid: delta.multiplyBySigmoidDerivative(at: s)
        case .relu: delta.multiplyByReLUDerivative(at: s)
        case .identity: break
        }
    }
}

/// σ, the function that turns a_t into the output y_t.
public enum OutputFunction: String, CaseIterable, Sendable, Codable {
    case linear, softmax, sigmoid

    /// a ← σ(a), in place, a timestep of a sequence a row.
    func apply<S: Scalar>(to a: MutableMatrixView<S>) {
        switch self {
        case .linear: break
        case .softmax: a.applySoftmaxToEachRow()
        case .sigmoid: a.applySigmoid()
        }
    }
}
