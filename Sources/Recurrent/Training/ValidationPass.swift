import RecurrentLinearAlgebra

/// The loss on validation data, batch after batch: reduced over all of them at once, without dropout and noise.
struct ValidationPass<S: Scalar> {
    private enum Batch {
        case sequences([Int])
        case window((steps: Range<Int>, firstLoss: Int), of: StreamDataSet<S>)
    }

    private let settings: TrainingSettings
    private let assembler: BatchAssembler<S>
    private let batches: [Batch]
    private var done = 0
    /// The sum of the losses, and the numbers of steps and sequences that carry them.
    private var (loss, steps, sequences) = (0.0, 0, 0)
    /// s of the streams at the beginning of the next window.
    private var carried: Matrix<S>?

    init(_ data: TrainingData<S>, for configuration: NetworkConfiguration, _ settings: TrainingSettings) {
        self.settings = settings
        assembler = BatchAssembler(data.sequences, for: configuration, settings.loss, .sum)
        switch data {
        case .sequences(let data):
            batches = EpochOrder.batches(
                lengths: data.lengths, batchSize: settings.batchSize, seed: 0, epoch: 0, shuffles: false,
                buckets: true
            ).map { .sequences($0) }
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
        }
    }

    /// Adds the loss on the next batch.
    mutating func advance(
        _ network: RecurrentNetwork<S>, in unfolding: Unfolding<S>
    ) throws(PassError) {
        switch batches[done] {
        case .sequences(let batch):
            let (inputs, objective) = assembled { () throws(DataError) in
                try assembler.batch(of: batch, at: settings.lossSteps)
            }
            loss += try unfolding.loss(of: network, on: inputs, objective)
            steps += objective.rowWeights.elements.count { $0 != 0 }
            sequences += batch.count
        case .window(let window, let streams):
            let (inputs, objective) = assembled { () throws(DataError) in
                try assembler.window(window, of: streams)
            }
            loss += try unfolding.loss(of: network, on: inputs, objective, from: carried)
            carried = unfolding.finalState
            // No window can begin with states that have overflowed.
            if let states = carried, !states.withView({ $0.isFinite }) { (loss, carried) = (.nan, nil) }
            steps += inputs.validSteps
        }
        done += 1
    }

    private func assembled<Value>(_ assemble: () throws(DataError) -> Value) -> Value {
        do throws(DataError) {
            return try assemble()
        } catch {
            preconditionFailure("data were checked when the trainer was made: \(error)")
        }
    }
}
