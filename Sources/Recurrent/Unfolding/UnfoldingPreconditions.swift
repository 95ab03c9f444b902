import RecurrentLinearAlgebra

// Preconditions of an unfolding: a value that does not fit is a programmer's error and stops the
// program with a message.

func requireWorkers(_ workers: Int) {
    require(workers >= 1, "there must be at least one worker, not \(workers)")
}

func requireStorage(
    _ storage: StateStorage, history: Int?, for configuration: NetworkConfiguration
) {
    require(
        storage == .kept && history == nil || !configuration.isBidirectional,
        "a network that reads both ways keeps all states and all history")
    guard let history else { return }
    require(history >= 1, "a history of \(history) steps is none; a loss reaches at least its own step")
    require(storage == .kept, "states that are recomputed do not go with a history")
    require(
        configuration.layers.allSatisfy { $0.cell.activation != nil },
        "a history is for networks of Elman cells, whose s_t is Φ(z_t)")
    require(!configuration.isPooled, "a history is for networks with an output for every step")
}
