extension TrainingData {
    /// Checks that the data, a network and the settings of a training fit together.
    ///
    /// - Throws: `TrainerError` with the first problem.
    func check(
        for configuration: NetworkConfiguration, _ settings: TrainingSettings
    ) throws(TrainerError) {
        let problem =
            lossProblem(settings.loss, configuration) ?? inputProblem(configuration)
            ?? samplingProblem(settings.sampling, configuration) ?? lossStepsProblem(settings.lossSteps)
            ?? targetKindProblem(settings.loss) ?? weightProblem(settings.lossSteps)
            ?? streamProblem(configuration)
        if let problem { throw .settings(problem) }
        do throws(DataError) {
            try checkStreamLength()
            try sequences.checkTargets(for: configuration, settings.loss)
        } catch {
            throw .data(error)
        }
    }

    private func lossProblem(_ loss: Loss, _ configuration: NetworkConfiguration) -> String? {
        loss.problem(output: configuration.output, outputWidth: configuration.outputWidth)
    }

    private func inputProblem(_ configuration: NetworkConfiguration) -> String? {
        let data = sequences
        if let problem = data.inputProblem(configuration) { return problem }
        if data.hasTargetPerSequence == configuration.isPooled { return nil }
        return configuration.isPooled
            ? "the network has one output a sequence; give one target a sequence"
            : "the network has an output for every step; give a target for every step"
    }

    private func samplingProblem(
        _ sampling: ScheduledSampling?, _ configuration: NetworkConfiguration
    ) -> String? {
        guard sampling != nil else { return nil }
        let isClosed =
            configuration.outputWidth == configuration.inputWidth && !configuration.isPooled
            && !configuration.isBidirectional && (configuration.output == .softmax || !sequences.isTokens)
        return isClosed
            ? nil
            : "scheduled sampling is for networks that can feed on their own output: forwards, with outputs of the width of the inputs for every step, softmax for tokens"
    }

    private func lossStepsProblem(_ steps: LossSteps) -> String? {
        if case .streams = self, steps != .every { return "streams carry a loss on every step" }
        if case .labels = sequences.targets, steps != .every {
            return "labels are of all steps of a sequence; let every step count"
        }
        guard case .afterBurnIn(let burnIn) = steps,
            let sequence = sequences.lengths.firstIndex(where: { $0 <= burnIn })
        else { return nil }
        return
            "sequence \(sequence) has \(sequences.lengths[sequence]) steps, none of them after the burn-in of \(burnIn); use a shorter burn-in"
    }

    private func targetKindProblem(_ loss: Loss) -> String? {
        if case .labels = sequences.targets {
            return loss.isOfSequences
                ? nil : "the loss \(loss.rawValue) takes \(loss.targetWords), not labels"
        }
        if case .own = loss { return nil }
        if sequences.weights.values != nil, !loss.weighsValues {
            return "the loss \(loss.rawValue) takes no weights of values; give weights of targets"
        }
        let isClasses = if case .classes = sequences.targets { true } else { false }
        if loss.isOfSequences { return "the loss \(loss.rawValue) takes labels as targets" }
        if isClasses == loss.takesClasses { return nil }
        let kinds = isClasses ? "values, not classes" : "classes, not values"
        return "the loss \(loss.rawValue) takes \(kinds) as targets"
    }

    private func weightProblem(_ steps: LossSteps) -> String? {
        let data = sequences
        guard let weights = data.weights.rows else { return nil }
        for (sequence, length) in data.lengths.enumerated() {
            for step in 0..<(data.hasTargetPerSequence ? 1 : length)
            where data.hasTargetPerSequence || steps.contains(step, of: length) {
                let row = data.hasTargetPerSequence ? sequence : data.firstRows[sequence] + step
                if weights[row] != 0 { return nil }
            }
        }
        return "no step carries a loss; give at least one step a weight other than 0"
    }

    private func streamProblem(_ configuration: NetworkConfiguration) -> String? {
        guard case .streams = self, configuration.isBidirectional || configuration.isPooled else {
            return nil
        }
        return "streams are for networks that read forwards and have an output for every step"
    }

    private func checkStreamLength() throws(DataError) {
        guard case .streams(let streams, let window) = self, streams.steps < window.advance else { return }
        throw .shorterThanWindow(
            steps: streams.steps * streams.streams, streams: streams.streams, window: window.advance)
    }
}

extension Metric {
    /// The problem of a training that this metric decides on, in words for people, or nil.
    func problem<S: Scalar>(
        on validation: TrainingData<S>?, _ configuration: NetworkConfiguration
    ) -> String? {
        guard case .sequences(let data)? = validation else {
            return "a metric judges sequences of validation data; give some, or leave it to the loss"
        }
        return data.problem(with: [self], configuration)
    }
}

extension SequenceDataSet {
    /// Checks that the targets go with a network and a loss.
    ///
    /// - Throws: `DataError` naming the first that does not.
    fileprivate func checkTargets(
        for configuration: NetworkConfiguration, _ loss: Loss
    ) throws(DataError) {
        if case .own = loss { return }
        switch targets {
        case .values(let values):
            let width = configuration.outputWidth / loss.outputsPerValue
            guard values.columns == width else {
                throw .targetWidth(found: values.columns, expected: width)
            }
            guard loss.limitsTargets else { return }
            for row in 0..<values.rows where weights.row(row) != 0 {
                let read = (0..<width).filter { weights.counts(row, $0) }.map { values[row, $0] }
                guard let problem = loss.problem(ofTarget: read) else { continue }
                let (sequence, step) = place(ofTarget: row)
                throw .impossibleTarget(sequence: sequence, step: step, problem)
            }
        case .classes(let classes):
            let range = 0..<configuration.outputWidth
            let wrong = classes.indices.first { !range.contains(Int(classes[$0])) && weights.row($0) != 0 }
            guard let row = wrong else { return }
            let (sequence, step) = place(ofTarget: row)
            throw .classOutOfRange(
                sequence: sequence, step: step, index: Int(classes[row]), classes: range.upperBound)
        case .labels(let labels):
            for (sequence, labels) in labels.enumerated() where weights.row(firstRows[sequence]) != 0 {
                try CTCAlignments.check(
                    labels, sequence: sequence, steps: lengths[sequence], classes: configuration.outputWidth,
                    blank: loss.blank ?? 0)
            }
        }
    }

    private func place(ofTarget row: Int) -> (sequence: Int, step: Int) {
        if hasTargetPerSequence { return (row, lengths[row] - 1) }
        let sequence = firstRows.lastIndex { $0 <= row } ?? 0
        return (sequence, row - firstRows[sequence])
    }
}
