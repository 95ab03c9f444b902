import RecurrentLinearAlgebra

// Preconditions of objectives: a value that does not fit is a programmer's error and stops the program,
// in debug builds with a message.

func requireLoss(_ loss: Loss, _ configuration: NetworkConfiguration) {
    let problem = loss.problem(output: configuration.output, outputWidth: configuration.outputWidth)
    precondition(problem == nil, problem ?? "")
}

func requireNoOwnLoss(_ loss: Loss) {
    if case .own(let name) = loss {
        preconditionFailure("the loss \(name) is the caller's own; make the objective with an OwnLoss")
    }
}

func requireOwnTargets<S>(_ targets: Targets<S>, rows: Int) {
    switch targets {
    case .classes(let classes): requireClassTargets(classes.count, rows: rows)
    case .labels:
        preconditionFailure("a loss of the caller's own takes values or classes, and may keep others itself")
    case .values(let values):
        precondition(
            values.rows == 0 || values.rows == rows,
            "targets have \(values.rows) rows; T·B, or B of a network with one output a sequence, is \(rows)")
    }
}

func requireLabels(
    _ count: Int, sequences: Int, at steps: LossSteps, _ configuration: NetworkConfiguration
) {
    requireSequenceCount(count, sequences, "labels")
    precondition(
        steps == .every && !configuration.isPooled,
        "labels of whole sequences are for networks with an output for every step, all of which count")
}

func requireOutputGradient<S>(_ gradient: Matrix<S>, are expected: (Int, Int)) {
    precondition(
        (gradient.rows, gradient.columns) == expected,
        "the gradient by the outputs is \(gradient.rows) × \(gradient.columns); T·B × O, or B × O, is \(expected.0) × \(expected.1)"
    )
}

func requireTargetWeights<S>(_ weights: Matrix<S>?, _ loss: Loss, like targets: Matrix<S>) {
    guard let weights else { return }
    precondition(loss.weighsValues, "the loss \(loss.rawValue) takes no weights of values")
    precondition(
        (weights.rows, weights.columns) == (targets.rows, targets.columns),
        "weights of values are \(weights.rows) × \(weights.columns), targets \(targets.rows) × \(targets.columns)"
    )
}

func requireTargets(rows: Int, columns: Int, are expected: (Int, Int)) {
    precondition(
        (rows, columns) == expected,
        "targets are \(rows) × \(columns) where \(expected.0) × \(expected.1) are expected: T·B × O, or for some losses fewer columns"
    )
}

func requireClassTargets(_ count: Int, rows: Int) {
    precondition(count == rows, "there are \(count) class targets for T·B = \(rows) rows")
}

func requireTargetKind(_ matches: Bool, _ loss: Loss) {
    precondition(
        matches,
        "the loss \(loss.rawValue) takes \(loss.targetWords) as targets"
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
