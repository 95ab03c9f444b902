import RecurrentLinearAlgebra

/// What a trainer goes through in an epoch.
public enum TrainingData<S: Scalar>: Sendable {
    /// Sequences of any lengths, in batches.
    case sequences(SequenceDataSet<S>)
    /// Parallel streams, window after window, their states carried on.
    case streams(StreamDataSet<S>, TruncatedWindow)

    var sequences: SequenceDataSet<S> {
        switch self {
        case .sequences(let data): data
        case .streams(let streams, _): streams.sequence
        }
    }

    /// How many batches an epoch has.
    func batches(batchSize: Int) -> Int {
        switch self {
        case .sequences(let data): (data.count + batchSize - 1) / batchSize
        case .streams(let streams, let window): window.windows(steps: streams.steps).count
        }
    }

    /// Whether these data go with a network and settings.
    ///
    /// - Throws: `TrainerError` saying what does not.
    func check(
        for configuration: NetworkConfiguration, _ settings: TrainingSettings
    ) throws(TrainerError) {
        guard settings.loss.accepts(configuration.output) else {
            throw .settings(
                "the loss \(settings.loss.rawValue) does not go with \(configuration.output.rawValue) outputs"
            )
        }
        let data = sequences
        guard data.width == configuration.inputWidth else {
            throw .settings(
                "the data have inputs of width \(data.width), the network takes \(configuration.inputWidth)")
        }
        if !data.isTokens, configuration.embeddingWidth != nil {
            throw .settings("the network embeds tokens; the data are values")
        }
        guard data.hasTargetPerSequence == configuration.isPooled else {
            throw .settings(
                configuration.isPooled
                    ? "the network has one output a sequence; give one target a sequence"
                    : "the network has an output for every step; give a target for every step")
        }
        if settings.sampling != nil {
            let isClosed =
                configuration.outputWidth == configuration.inputWidth && !configuration.isPooled
                && !configuration.isBidirectional && (configuration.output == .softmax || !data.isTokens)
            guard isClosed else {
                throw .settings(
                    "scheduled sampling is for networks that can feed on their own output: forwards, with outputs of the width of the inputs for every step, softmax for tokens"
                )
            }
        }
        if settings.silentSteps > 0 {
            if case .streams = self { throw .settings("silent steps are for sequences, not for streams") }
            if let sequence = data.lengths.firstIndex(where: { $0 <= settings.silentSteps }) {
                throw .settings(
                    "sequence \(sequence) has \(data.lengths[sequence]) steps, none of them behind the \(settings.silentSteps) that carry no loss; use fewer silent steps"
                )
            }
        }
        let isClasses = if case .classes = data.targets { true } else { false }
        guard isClasses == (settings.loss == .crossEntropy) else {
            throw .settings(
                "the loss \(settings.loss.rawValue) takes \(isClasses ? "values, not classes" : "classes, not values") as targets"
            )
        }
        if case .streams(let streams, let window) = self {
            try checkStreams(streams, window, configuration)
        }
        do throws(DataError) {
            try data.check(for: configuration, settings.loss)
        } catch {
            throw .data(error)
        }
    }

    private func checkStreams(
        _ streams: StreamDataSet<S>, _ window: TruncatedWindow, _ configuration: NetworkConfiguration
    ) throws(TrainerError) {
        if configuration.isBidirectional || configuration.isPooled {
            throw .settings("streams are for networks that read forwards and have an output for every step")
        }
        guard streams.steps >= window.advance else {
            throw .data(
                .shorterThanWindow(
                    steps: streams.steps * streams.streams, streams: streams.streams, window: window.advance))
        }
    }
}
