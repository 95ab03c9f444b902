/// A quantity that an optimiser keeps of past gradients: a number for each parameter.
public enum Moment: String, CaseIterable, Sendable, Codable {
    /// v: of SGD and RMSProp with momentum.
    case momentum
    /// m, the mean of the gradients: of Adam and AdamW.
    case mean
    /// s, the sum or the mean of the squared gradients: of all rules but SGD. Never negative.
    case square
}
