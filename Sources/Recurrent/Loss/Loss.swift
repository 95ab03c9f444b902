import RecurrentLinearAlgebra

/// E_t, what a wrong output costs at one step of one sequence.
public enum Loss: String, CaseIterable, Sendable, Codable {
    /// ‖d − y‖²
    case squaredError
    /// ½‖d − y‖²
    case halfSquaredError
    /// ‖d − y‖² / O
    case meanSquaredError
    /// −log y[d] with softmax outputs; d is a class index. Computed from a_t, never from a rounded
    /// probability.
    case crossEntropy
    /// −Σ d log y + (1 − d) log(1 − y) with sigmoid outputs and d in 0...1. Computed from a_t.
    case binaryCrossEntropy

    /// Whether the loss goes with this output function: the squared errors with any, cross entropy
    /// with softmax, binary cross entropy with sigmoid.
    public func accepts(_ output: OutputFunction) -> Bool {
        switch self {
        case .squaredError, .halfSquaredError, .meanSquaredError: true
        case .crossEntropy: output == .softmax
        case .binaryCrossEntropy: output == .sigmoid
        }
    }

    /// What ‖d − y‖² is multiplied with; 1 for the entropies.
    func factor(outputWidth: Int) -> Double {
        switch self {
        case .halfSquaredError: 0.5
        case .meanSquaredError: 1 / Double(outputWidth)
        case .squaredError, .crossEntropy, .binaryCrossEntropy: 1
        }
    }
}

/// Which valid steps carry a loss.
public enum LossSteps<S: Scalar>: Sendable {
    /// Every valid step (many to many).
    case every
    /// The last valid step of each sequence (many to one).
    case last
    /// Every valid step but the first so many, in which the state still gathers what it needs.
    case after(Int)
    /// Valid step t of sequence b counts `weights[t, b]` times, T × B; 0 is no loss.
    case weighted(Matrix<S>)
}

/// How the losses of all steps and sequences become one number E.
public enum Reduction: String, CaseIterable, Sendable, Codable {
    /// E = Σ E_t
    case sum
    /// E = Σ E_t / B
    case meanOverSequences
    /// E = Σ E_t / N, N being the number of valid steps that carry a loss, over all sequences.
    case meanOverSteps
}
