import RecurrentLinearAlgebra

// Preconditions of diagnosed networks: a value that does not fit is a programmer's error and stops the program,
// in debug builds with a message.

func requireSingleRecurrence(_ configuration: NetworkConfiguration) {
    precondition(
        configuration.cells.count == 1 && configuration.cells[0].isRecurrent
            && configuration.embeddingWidth == nil && !configuration.isPooled,
        "the unfolded gradient is of one forward layer with a W_s, read out at every step")
}

func requireSingleLoss<S>(_ objective: Objective<S>) {
    let weights = objective.rowWeights.elements
    precondition(
        objective.layout.sequences == 1 && weights.dropLast().allSatisfy { $0 == 0 },
        "the unfolded gradient is of one loss E_N: one sequence, with a loss at its last step only")
}

func requireWholeHistory(_ history: Int?) {
    precondition(
        history == nil, "states are diagnosed with all history, not with one of \(history ?? 0) steps")
}
