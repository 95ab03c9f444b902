import RecurrentLinearAlgebra

// Every check of shapes in the sequence model, one named function a kind. A shape that does not fit
// is the programmer's error: it stops the program, in debug builds with the numbers.

func requireWidths(_ input: Int, _ state: Int, _ output: Int) {
    precondition(
        input > 0 && state > 0 && output > 0,
        "a network needs widths of at least 1, not I = \(input), H = \(state), O = \(output)")
}

func requireWidth(_ width: Int, _ what: StaticString) {
    precondition(width >= 1, "\(what) must be at least 1, not \(width)")
}

func requireLayers(_ count: Int) {
    precondition(count >= 1, "a network needs at least one recurrent layer, not \(count)")
}

func requireDropout(_ probability: Double) {
    precondition(
        probability >= 0 && probability < 1,
        "a dropout of \(probability) is not in 0..<1; at 1 nothing would be left")
}

func requireFeedback(_ configuration: NetworkConfiguration, tokens: Bool, _ probability: Double) {
    precondition(
        configuration.outputWidth == configuration.inputWidth
            && (!tokens || configuration.output == .softmax),
        "a network that feeds on its own output needs outputs of the width of its inputs, and softmax for tokens"
    )
    precondition(0...1 ~= probability, "a probability of \(probability) is not in 0...1")
}

func requireScale(_ scale: Double) {
    precondition(scale > 0 && scale.isFinite, "a scale of \(scale) is not above 0 and finite")
}

func requireConnections(_ connections: Int, of width: Int) {
    precondition(
        1...width ~= connections, "\(connections) connections a unit are not in 1...\(width), H")
}

func requireLayout(_ layout: ParameterLayout, of configuration: NetworkConfiguration) {
    precondition(
        layout == ParameterLayout(configuration), "the parameters belong to another configuration")
}

func requireSameLayout(_ left: ParameterLayout, _ right: ParameterLayout) {
    precondition(left == right, "gradients and parameters belong to networks of different layout")
}

func requireConfiguration(_ unfolding: NetworkConfiguration, _ network: NetworkConfiguration) {
    precondition(unfolding == network, "the unfolding was made for another configuration")
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

func requireObjective<S>(_ objective: Objective<S>, fits batch: SequenceBatch<S>) {
    let (made, given) = (objective.layout, batch.layout)
    precondition(
        made == given,
        "the objective was made for T = \(made.steps), B = \(made.sequences), lengths \(made.lengths), not T = \(given.steps), B = \(given.sequences), lengths \(given.lengths)"
    )
}

func requireObjective<S>(_ objective: Objective<S>, fits configuration: NetworkConfiguration) {
    precondition(
        objective.output == configuration.output
            && objective.outputWidth == configuration.outputWidth
            && objective.isPooled == configuration.isPooled,
        "the objective was made for \(objective.outputWidth) \(objective.output.rawValue) outputs, not \(configuration.outputWidth) \(configuration.output.rawValue), or for another read-out"
    )
}

func requireLoss(_ loss: Loss, after output: OutputFunction) {
    precondition(
        loss.accepts(output), "the loss \(loss.rawValue) does not go with \(output.rawValue) outputs")
}

func requireTargets(rows: Int, columns: Int, are expected: (Int, Int)) {
    precondition(
        (rows, columns) == expected,
        "targets are \(rows) × \(columns); T·B × O is \(expected.0) × \(expected.1)")
}

func requireClassTargets(_ count: Int, rows: Int) {
    precondition(count == rows, "there are \(count) class targets for T·B = \(rows) rows")
}

func requireTargetKind(_ matches: Bool, _ loss: Loss) {
    precondition(
        matches,
        "the loss \(loss.rawValue) takes \(loss == .crossEntropy ? "class indices" : "values") as targets"
    )
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
    precondition(!configuration.isPooled, "a history is for networks with an output for every step")
}

func requireWholeHistory(_ history: Int?) {
    precondition(
        history == nil, "states are diagnosed with all history, not with one of \(history ?? 0) steps")
}

func requireSequences(_ sequences: Int) {
    precondition(sequences >= 1, "there must be at least one sequence, not \(sequences)")
}

func requireSequenceCount(_ count: Int, _ sequences: Int, _ what: StaticString) {
    precondition(count == sequences, "\(what) are given for \(count) sequences, the batch has \(sequences)")
}

func requireStepWeights<S>(_ weights: Matrix<S>, steps: Int, sequences: Int) {
    precondition(
        weights.rows == steps && weights.columns == sequences,
        "step weights are \(weights.rows) × \(weights.columns); T × B is \(steps) × \(sequences)")
}

/// Settings that have a problem, in the words that say so.
func requireSettings(_ problem: String?) {
    if let problem { preconditionFailure(problem) }
}

func requireSingleLoss<S>(_ objective: Objective<S>) {
    let weights = objective.rowWeights.elements
    precondition(
        objective.layout.sequences == 1 && weights.dropLast().allSatisfy { $0 == 0 },
        "the unfolded gradient is of one loss E_N: one sequence, with a loss at its last step only")
}

func requireSingleRecurrence(_ configuration: NetworkConfiguration) {
    precondition(
        configuration.cells.count == 1 && configuration.cells[0].isRecurrent
            && configuration.embeddingWidth == nil && !configuration.isPooled,
        "the unfolded gradient is of one forward layer with a W_s, read out at every step")
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
