import Foundation
import RecurrentLinearAlgebra

/// Trains a network: epochs over data in batches, a schedule, validation, the best parameters, checkpoints, and
/// resumption after any interruption, with exactly the same result.
///
///     let trainer = try Trainer(network, on: .sequences(data), settings)
///     for try await event in trainer.events { … }
///
/// Each event is computed on demand, so training never runs ahead of its listener, and every few milliseconds other tasks
/// and the rest of an actor have their turn; `next()` does the same without concurrency. If the listening task is cancelled, training ends after the current step, with a checkpoint. Data,
/// network, settings and seed determine the result to the last bit, for any number of workers and of interruptions.
///
/// Not thread-safe: one caller at a time.
public final class Trainer<S: Scalar> {
    public let settings: TrainingSettings
    let data: TrainingData<S>
    let validation: TrainingData<S>?
    let checkpoints: CheckpointFolder?
    let unfolding: Unfolding<S>
    var state: TrainerState<S>
    let begun: TrainerState<S>
    let assembler: BatchAssembler<S>
    /// The order of the current epoch: batches of sequences, none for streams.
    var order: [[Int]] = []
    var orderOfEpoch = -1
    var accumulated: Parameters<S>?
    var pending: [TrainingEvent] = []
    /// The validation of the epoch whose steps are done; nil at all other times.
    var validationPass: ValidationPass<S>?
    var hasEnded = false
    var goneBack = 0
    /// The run whose checkpoints this trainer writes; nil before it begins or is resumed.
    var run: String?
    private(set) lazy var identity = describeIdentity()
    var start: (clock: ContinuousClock.Instant, step: Int)?

    /// - Parameters:
    ///   - network: the network at the beginning of training.
    ///   - data: the data that it is trained on.
    ///   - settings: the settings of the training.
    ///   - validation: data for no step, whose loss decides which epoch is the best; none by default.
    ///   - checkpoints: the folder for checkpoints; none by default. Call `resume` to go on from the
    ///     newest one; without that the folder must hold none.
    ///   - workers: the number of threads that share the work; by default the number of this process's processors.
    ///   - states: the states that a backward pass keeps; all by default.
    ///   - history: the number of steps that the gradient of each E_t reaches back; all by default.
    /// - Throws: `TrainerError` with the first problem of settings or data.
    public init(
        _ network: RecurrentNetwork<S>, on data: TrainingData<S>, _ settings: TrainingSettings,
        validation: TrainingData<S>? = nil, checkpoints: CheckpointFolder? = nil,
        workers: Int = Processors.usable, states: StateStorage = .kept, history: Int? = nil
    ) throws(TrainerError) {
        let batches = data.batches(batchSize: max(1, settings.batchSize))
        let steps = (batches + max(1, settings.accumulation) - 1) / max(1, settings.accumulation)
        let (total, _) = steps.multipliedReportingOverflow(by: settings.epochs)
        if let problem = settings.problem(in: S.self, steps: total) { throw .settings(problem) }
        if case .goBack = settings.onNonFinite, checkpoints == nil {
            throw .settings("going back needs checkpoints; give a folder for them")
        }
        try data.check(for: network.configuration, settings)
        try validation?.check(for: network.configuration, settings)
        if case .streams = data, states == .recomputed {
            throw .settings("streams go on from the states of a window, which must be kept")
        }
        self.settings = settings
        self.data = data
        self.validation = validation
        self.checkpoints = checkpoints
        unfolding = Unfolding(for: network, workers: workers, states: states, history: history)
        let optimiser = Optimiser<S>(
            settings.rule, learningRate: settings.schedule.learningRate(at: 0),
            weightDecay: settings.weightDecay, clipping: settings.clipping)
        state = TrainerState(network: network, optimiser: optimiser, plateau: settings.plateau)
        begun = state
        assembler = BatchAssembler(
            data.sequences, for: network.configuration, settings.loss, settings.reduction)
    }

    /// The current network.
    public var network: RecurrentNetwork<S> { state.network }

    /// The network of the epoch with the lowest validation loss so far (without validation data: training loss); the
    /// current network before the end of the first epoch.
    public var bestNetwork: RecurrentNetwork<S> {
        var network = state.network
        if let best = state.best { network.parameters = best.parameters }
        return network
    }

    /// The events of training, as an asynchronous sequence.
    public var events: TrainingEvents<S> { TrainingEvents(trainer: self) }

    /// The number of steps done.
    public var step: Int { state.step }

    /// Trains until the next event, on the calling thread.
    ///
    /// - Returns: nil after the last event.
    /// - Throws: `TrainerError`; `network` holds the result of the steps before.
    public func next() throws(TrainerError) -> TrainingEvent? {
        while pending.isEmpty, !hasEnded { try advance() }
        return nextPending
    }

    /// The next event that is known already.
    var nextPending: TrainingEvent? { pending.isEmpty ? nil : pending.removeFirst() }

    /// Trains to the end and calls `handle` with every event.
    ///
    /// The calling thread is busy until then. In an asynchronous function that is one of the few threads that all tasks
    /// share, and an actor that calls it answers nobody meanwhile; use `events` there.
    ///
    /// - Throws: `TrainerError`, and what `handle` throws.
    public func run(_ handle: (TrainingEvent) throws -> Void = { _ in }) throws {
        while let event = try next() { try handle(event) }
    }
}
