import RecurrentLinearAlgebra

// Preconditions of an unfolding and its batches: a value that does not fit is a programmer's error and stops the
// program, in debug builds with a message.

func requireConfiguration(_ unfolding: NetworkConfiguration, _ network: NetworkConfiguration) {
    precondition(unfolding == network, "the unfolding was made for another configuration")
}

func requireWorkers(_ workers: Int) {
    precondition(workers >= 1, "there must be at least one worker, not \(workers)")
}

func requireStorage(
    _ storage: StateStorage, history: Int?, for configuration: NetworkConfiguration
) {
    precondition(
        storage == .kept && history == nil || !configuration.isBidirectional,
        "a network that reads both ways keeps all states and all history")
    guard let history else { return }
    precondition(history >= 1, "a history of \(history) steps is none; a loss reaches at least its own step")
    precondition(storage == .kept, "states that are recomputed do not go with a history")
    precondition(
        configuration.layers.allSatisfy { $0.cell.activation != nil },
        "a history is for networks of Elman cells, whose s_t is Φ(z_t)")
    precondition(!configuration.isPooled, "a history is for networks with an output for every step")
}

func requireInputs<S>(_ batch: SequenceBatch<S>, for configuration: NetworkConfiguration) {
    precondition(
        batch.width == configuration.inputWidth,
        "the batch has inputs of width \(batch.width), the network takes I = \(configuration.inputWidth)")
    precondition(
        batch.isTokens || configuration.embeddingWidth == nil,
        "the network embeds tokens; the batch has values")
}

func requireInitialState<S>(_ state: Matrix<S>?, sequences: Int, width: Int) {
    guard let state else { return }
    precondition(
        state.rows == sequences && state.columns == width,
        "s_0 is \(state.rows) × \(state.columns); B × H is \(sequences) × \(width)")
}

func requireInputGradient<S>(_ isWanted: Bool, of batch: SequenceBatch<S>) {
    guard isWanted, case .tokens = batch.rows else { return }
    preconditionFailure("tokens have no gradient; ask for that of W_x, whose rows they are")
}

func requireResult<S>(
    _ result: ForwardPass<S>, for batch: SequenceBatch<S>, _ configuration: NetworkConfiguration
) {
    let (T, B) = (batch.steps, batch.sequences)
    precondition(
        result.outputs.rows == (configuration.isPooled ? B : T * B) && result.finalState.rows == B
            && result.outputs.columns == configuration.outputWidth
            && result.finalState.columns == configuration.stateWidth
            && [0, (T + 1) * B].contains(result.states.rows),
        "the result was made for other T, B or widths than T = \(T), B = \(B), H = \(configuration.stateWidth), O = \(configuration.outputWidth)"
    )
}
