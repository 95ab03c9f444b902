import RecurrentLinearAlgebra

// Checks of what a pass is given. It may come from a file or a client: a value that does not fit is an error that is
// thrown.

func requireConfiguration(
    _ unfolding: NetworkConfiguration, _ network: NetworkConfiguration
) throws(PassError) {
    if unfolding != network { throw .otherConfiguration }
}

func requireInputs<S>(
    _ batch: SequenceBatch<S>, for configuration: NetworkConfiguration
) throws(PassError) {
    if batch.width != configuration.inputWidth {
        throw .inputWidth(found: batch.width, expected: configuration.inputWidth)
    }
    if !batch.isTokens && configuration.embeddingWidth != nil { throw .embedsTokens }
}

func requireInitialState<S>(_ state: Matrix<S>?, sequences: Int, width: Int) throws(PassError) {
    guard let state, state.rows != sequences || state.columns != width else { return }
    throw .initialStateShape(rows: state.rows, columns: state.columns, sequences: sequences, width: width)
}

func requireObjective<S>(_ objective: Objective<S>, fits batch: SequenceBatch<S>) throws(PassError) {
    let (made, given) = (objective.layout, batch.layout)
    if made == given { return }
    throw .objectiveOfOtherBatch(
        steps: made.steps, lengths: made.lengths, given: given.steps, givenLengths: given.lengths)
}

func requireObjective<S>(
    _ objective: Objective<S>, fits configuration: NetworkConfiguration
) throws(PassError) {
    guard objective.output == configuration.output, objective.outputWidth == configuration.outputWidth,
        objective.isPooled == configuration.isPooled
    else { throw .objectiveOfOtherNetwork }
}

func requireInputGradient<S>(_ isWanted: Bool, of batch: SequenceBatch<S>) throws(PassError) {
    if isWanted && batch.isTokens { throw .tokensHaveNoGradient }
}

func requireStepLimit<S: Scalar>(_ limit: S?) throws(PassError) {
    if let limit, !(limit > 0) { throw .stepLimit(Double(limit)) }
}

/// ∂E/∂y_t or ∂E/∂a_t has the shape of the outputs.
func requireOutputGradient<S>(
    _ gradient: Matrix<S>, of batch: SequenceBatch<S>, _ configuration: NetworkConfiguration
) throws(PassError) {
    let rows = configuration.isPooled ? batch.sequences : batch.steps * batch.sequences
    if gradient.rows == rows && gradient.columns == configuration.outputWidth { return }
    throw .outputGradient(
        rows: gradient.rows, columns: gradient.columns, expectedRows: rows,
        expectedColumns: configuration.outputWidth)
}

func requireResult<S>(
    _ result: ForwardPass<S>, for batch: SequenceBatch<S>, _ configuration: NetworkConfiguration
) throws(PassError) {
    let (T, B) = (batch.steps, batch.sequences)
    guard result.outputs.rows == (configuration.isPooled ? B : T * B), result.finalState.rows == B,
        result.outputs.columns == configuration.outputWidth,
        result.finalState.columns == configuration.stateWidth, [0, (T + 1) * B].contains(result.states.rows)
    else { throw .resultOfOtherBatch(steps: T, sequences: B) }
}
