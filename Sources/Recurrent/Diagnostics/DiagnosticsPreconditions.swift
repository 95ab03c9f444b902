import RecurrentLinearAlgebra

// Preconditions of diagnosed networks: a value that does not fit is a programmer's error and stops the program
// with a message.

func requireWholeHistory(_ history: Int?) {
    require(
        history == nil, "states are diagnosed with all history, not with one of \(history ?? 0) steps")
}
