/// The reaction of a trainer to a checkpoint that cannot be written. The one before it is intact.
public enum CheckpointFailurePolicy: String, Sendable, Codable {
    /// Throw; the default.
    case stop
    /// Continue, with a warning.
    case goOn
}
