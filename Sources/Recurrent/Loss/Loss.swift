/// E_t, the cost of an output y at one step of one sequence, given the target d.
public enum Loss: String, CaseIterable, Sendable, Codable {
    /// ‖d − y‖²
    case squaredError
    /// ½‖d − y‖²
    case halfSquaredError
    /// ‖d − y‖² / O
    case meanSquaredError
    /// −log y[d] with softmax outputs; d is a class index. Computed from a_t, never from a rounded probability.
    case crossEntropy
    /// −Σ d log y + (1 − d) log(1 − y) with sigmoid outputs and d in 0...1. Computed from a_t.
    case binaryCrossEntropy

    /// True if the loss goes with this output function: the squared errors with any, cross entropy with softmax, binary
    /// cross entropy with sigmoid.
    public func accepts(_ output: OutputFunction) -> Bool {
        switch self {
        case .squaredError, .halfSquaredError, .meanSquaredError: true
        case .crossEntropy: output == .softmax
        case .binaryCrossEntropy: output == .sigmoid
        }
    }

    /// The factor of ‖d − y‖²; 1 for the entropies.
    func factor(outputWidth: Int) -> Double {
        switch self {
        case .halfSquaredError: 0.5
        case .meanSquaredError: 1 / Double(outputWidth)
        case .squaredError, .crossEntropy, .binaryCrossEntropy: 1
        }
    }
}
