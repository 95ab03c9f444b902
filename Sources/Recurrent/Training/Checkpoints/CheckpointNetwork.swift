/// One of the networks in a checkpoint.
public enum CheckpointNetwork: Sendable {
    /// The network of the best epoch so far, as `Trainer.bestNetwork`; before the end of the first epoch the average.
    case best
    /// The network with averaged parameters, as `Trainer.averageNetwork`; without an average the current one.
    case average
    /// The network after the last step, as `Trainer.network`.
    case current
}
