/// The way in which the losses of all steps and sequences become one number E.
public enum Reduction: String, CaseIterable, Sendable, Codable {
    /// E = Σ E_t, as in the others each with its weight.
    case sum
    /// E = Σ E_t / B
    case meanOverSequences
    /// E = Σ E_t / N, where N is the number of valid steps that carry a loss, over all sequences.
    case meanOverSteps
    /// E = Σ w_t E_t / Σ w_t, the mean by the weights of the steps; those of the values of a target do not count.
    case weightedMean
}
