import RecurrentLinearAlgebra

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
