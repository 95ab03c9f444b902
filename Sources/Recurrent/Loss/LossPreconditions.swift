import RecurrentLinearAlgebra

// Preconditions of objectives: a value that does not fit is a programmer's error and stops the program,
// in debug builds with a message.

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

func requireStepWeights<S>(_ weights: Matrix<S>, steps: Int, sequences: Int) {
    precondition(
        weights.rows == steps && weights.columns == sequences,
        "step weights are \(weights.rows) × \(weights.columns); T × B is \(steps) × \(sequences)")
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
