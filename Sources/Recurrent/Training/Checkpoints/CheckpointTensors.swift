/// The names of the tensors that a checkpoint has beside those of its network.
enum CheckpointTensors {
    /// The prefix of the best parameters' tensors.
    static let best = "best."
    /// The prefix of the averaged parameters' tensors.
    static let average = "average."
    /// The states of streams.
    static let carriedState = "carried_state"

    /// The prefix of a moment's tensors.
    static func prefix(of moment: Moment) -> String { optimiser + moment.rawValue + "." }

    private static let optimiser = "optimiser."

    /// The beginnings of all these names.
    static let prefixes = [optimiser, best, average, carriedState]
}
