/// The states that outputs are computed from.
public enum ReadOut: String, CaseIterable, Sendable, Codable {
    /// An output for every step: y_t = σ(s_t W_y + b_y).
    case everyStep = "every-step"
    /// One output for a sequence, from the state after its last valid step; of a layer that reads both ways,
    /// from the state of each direction after its own last step.
    case lastStep = "last-step"
    /// One output for a sequence, from the mean of the states of its valid steps.
    case meanOverSteps = "mean-over-steps"
}
