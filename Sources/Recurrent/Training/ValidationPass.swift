import RecurrentLinearAlgebra

/// The loss on validation data, batch after batch, and the metric that judges: of all of them at once, without dropout and
/// noise.
struct ValidationPass<S: Scalar> {
    private enum Batch {
        case sequences([Int], of: SequenceDataSet<S>)
        case window((steps: Range<Int>, firstLoss: Int), of: StreamDataSet<S>)
    }

    private let settings: TrainingSettings
    private let assembler: BatchAssembler<S>
    private let batches: [Batch]
    private var done = 0
    /// The sum of the losses, and the numbers of steps and sequences that carry them.
    private var (loss, steps, sequences) = (0.0, 0, 0)
    /// The sum of the steps' weights.
    private var weight = 0.0
    /// Of the settings' judge; nil without one.
    private var metrics: MetricSums?
    /// s of the streams at the beginning of the next window.
    private var carried: Matrix<S>?

    init(
        _ data: TrainingData<S>, for configuration: NetworkConfiguration, _ settings: TrainingSettings,
        own ownLoss: OwnLoss<S>?
    ) {
        self.settings = settings
        assembler = BatchAssembler(data.sequences, for: configuration, settings.loss, own: ownLoss, .sum)
        switch data {
        case .sequences(let data):
            batches = EpochOrder.batches(
                lengths: data.lengths, batchSize: settings.batchSize, seed: 0, epoch: 0, shuffles: false,
                buckets: true
            ).map { .sequences($0, of: data) }
            metrics = settings.judge.map { MetricSums([$0], of: data, for: configuration) }
        case .streams(let streams, let window):
            batches = TruncatedWindow(advance: window.advance).windows(steps: streams.steps)
                .map { .window($0, of: streams) }
            sequences = streams.streams
        }
    }

    var isFinished: Bool { done == batches.count }

    /// The loss on all batches so far.
    var reducedLoss: Double {
        switch settings.reduction {
        case .sum: loss
        case .meanOverSteps: loss / Double(steps)
        case .meanOverSequences: loss / Double(sequences)
        case .weightedMean: loss / weight
        }
    }

    /// The value of the settings' judge on all batches so far; nil without one.
    var metric: Double? { settings.judge.flatMap { metrics?.evaluation[$0] } }

    /// Adds the loss on the next batch, and what it says of the metric.
    mutating func advance(
        _ network: RecurrentNetwork<S>, in unfolding: Unfolding<S>
    ) throws(PassError) {
        switch batches[done] {
        case .sequences(let batch, let data):
            try metrics?.add(network, batch, of: data, at: settings.lossSteps, in: unfolding)
            let (inputs, objective) = assembled { () throws(DataError) in
                try assembler.batch(of: batch, at: settings.lossSteps)
            }
            add(objective, loss: try unfolding.loss(of: network, on: inputs, objective))
            sequences += batch.count
        case .window(let window, let streams):
            let (inputs, objective) = assembled { () throws(DataError) in
                try assembler.window(window, of: streams)
            }
            add(objective, loss: try unfolding.loss(of: network, on: inputs, objective, from: carried))
            carried = unfolding.finalState
            // No window can begin with states that have overflowed.
            if let states = carried, !states.withView({ $0.isFinite }) { (loss, carried) = (.nan, nil) }
        }
        done += 1
    }

    private mutating func add(_ objective: Objective<S>, loss: Double) {
        self.loss += loss
        for weight in objective.rowWeights.elements where weight != 0 {
            (steps, self.weight) = (steps + 1, self.weight + Double(weight))
        }
    }

    private func assembled<Value>(_ assemble: () throws(DataError) -> Value) -> Value {
        do throws(DataError) {
            return try assemble()
        } catch {
            unreachable("data were checked when the trainer was made: \(error)")
        }
    }
}
