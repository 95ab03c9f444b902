/// The reaction of a trainer to a step whose loss, gradient or update is not finite. Such a step leaves parameters and
/// moments unchanged.
public enum NonFinitePolicy: Equatable, Sendable, Codable {
    /// Throw; the default.
    case stop
    /// Continue with the next batch, with a warning.
    case skip
    /// Continue from the last checkpoint with the learning rate times `factor`, with a warning; throw after ten times in a
    /// row without a new checkpoint.
    case goBack(factor: Double = 0.5)
}
