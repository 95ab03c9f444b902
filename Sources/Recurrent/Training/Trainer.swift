import Foundation
import RecurrentLinearAlgebra

/// Trains a network: epochs over data in batches, a schedule, validation, the best parameters, checkpoints, and
/// resumption after any interruption, with exactly the same result.
///
///     let trainer = try Trainer(network, on: .sequences(data), settings)
///     for try await event in trainer.events { … }
///
/// Each event is computed on demand, so training never runs ahead of its listener, and every few milliseconds other tasks
/// and the rest of an actor have their turn; `next()` does the same without concurrency. If the listening task is
/// cancelled, training ends after the current step, with a checkpoint. Data, network, settings and seed determine the
/// result to the last bit, for any number of workers and of interruptions.
///
/// Not thread-safe: one caller at a time.
public final class Trainer<S: Scalar> {
    public private(set) var settings: TrainingSettings
    /// Sees the gradient of every step, and may change it; nil by default.
    ///
    /// It is called once a step, on the thread that trains, between the gradient and the update: after the mean over
    /// accumulated batches and clipping at each timestep, before all other clipping, weight decay and the rule. The
    /// gradient is finite. Every number of it may be changed, not its layout; if it is not finite afterwards the step is
    /// refused, as `TrainingSettings.onNonFinite` says. The norm and the clipping in events are those of the changed
    /// gradient; those of frozen parameters are zero before and after. The network cannot be changed.
    ///
    /// A closure is in no checkpoint and not among the settings that are compared: set the same one before a run is
    /// resumed. The result has the same bits as without interruption if what it does depends on its arguments alone, so
    /// draw random numbers from a copy of `GradientStep.generator`. One that changes nothing changes no bit.
    public var onGradient: ((inout Parameters<S>, GradientStep<S>) -> Void)?
    let data: TrainingData<S>
    let validation: TrainingData<S>?
    let checkpoints: CheckpointFolder?
    let unfolding: Unfolding<S>
    var state: TrainerState<S>
    let begun: TrainerState<S>
    let ownLoss: OwnLoss<S>?
    let assembler: BatchAssembler<S>
    /// The order of the current epoch: batches of sequences, none for streams.
    var order: [[Int]] = []
    var orderOfEpoch = -1
    var accumulated: Parameters<S>?
    var pending: [TrainingEvent] = []
    /// The validation of the epoch whose steps are done; nil at all other times.
    var validationPass: ValidationPass<S>?
    /// The reason why training has ended; nil while it goes on.
    public internal(set) var end: TrainingEnd?
    var goneBack = 0
    /// The run whose checkpoints this trainer writes; nil before it begins or is resumed.
    var run: String?
    private(set) lazy var identity = describeIdentity()
    var start: (clock: ContinuousClock.Instant, step: Int)?

    /// - Parameters:
    ///   - network: the network at the beginning of training.
    ///   - data: the data that it is trained on.
    ///   - settings: the settings of the training.
    ///   - ownLoss: the loss that the settings call `Loss.own`, by the same name; none by default.
    ///   - validation: data for no step, whose loss decides which epoch is the best; none by default.
    ///   - checkpoints: the folder for checkpoints; none by default. Call `resume` to go on from the
    ///     newest one; without that the folder must hold none.
    ///   - workers: the number of threads that share the work; by default the number of this process's processors.
    ///   - states: the states that a backward pass keeps; all by default.
    ///   - history: the number of steps that the gradient of each E_t reaches back; all by default.
    /// - Throws: `TrainerError` with the first problem of network, settings or data.
    public init(
        _ network: RecurrentNetwork<S>, on data: TrainingData<S>, _ settings: TrainingSettings,
        ownLoss: OwnLoss<S>? = nil, validation: TrainingData<S>? = nil, checkpoints: CheckpointFolder? = nil,
        workers: Int = Processors.usable, states: StateStorage = .kept, history: Int? = nil
    ) throws(TrainerError) {
        let batches = data.batches(batchSize: max(1, settings.batchSize))
        let steps = (batches + max(1, settings.accumulation) - 1) / max(1, settings.accumulation)
        let (total, _) = steps.multipliedReportingOverflow(by: settings.epochs)
        if let problem = settings.problem(in: S.self, steps: total) { throw .settings(problem) }
        if case .goBack = settings.onNonFinite, checkpoints == nil {
            throw .settings("going back needs checkpoints; give a folder for them")
        }
        if let part = network.parameters.firstPartNotFinite {
            throw .settings("\(part) of the network has NaN or an infinity; begin with one that is finite")
        }
        if let problem = settings.loss.problem(ofOwn: ownLoss?.name) { throw .settings(problem) }
        if let problem = settings.groupProblem(network.parameters.layout, in: S.self) {
            throw .settings(problem)
        }
        try data.check(for: network.configuration, settings)
        try validation?.check(for: network.configuration, settings)
        if let problem = settings.judge?.problem(on: validation, network.configuration) {
            throw .settings(problem)
        }
        if case .streams = data, states == .recomputed {
            throw .settings("streams go on from the states of a window, which must be kept")
        }
        self.settings = settings
        self.data = data
        self.validation = validation
        self.checkpoints = checkpoints
        self.ownLoss = ownLoss
        unfolding = Unfolding(for: network, workers: workers, states: states, history: history)
        let optimiser = Optimiser<S>(
            settings.rule, learningRate: settings.schedule.learningRate(at: 0),
            weightDecay: settings.weightDecay, clipping: settings.clipping, groups: settings.groups)
        state = TrainerState(network: network, optimiser: optimiser, plateau: settings.plateau)
        begun = state
        assembler = BatchAssembler(
            data.sequences, for: network.configuration, settings.loss, own: ownLoss, settings.reduction)
        if let index = data.sequences.onlyClass { pending.append(.warning(.oneClass(index: index))) }
    }

    /// The current network.
    public var network: RecurrentNetwork<S> { state.network }

    /// The network whose parameters are the mean over past steps, if `TrainingSettings.averageDecay` asks for one: that
    /// which validation sees. Otherwise the current one.
    public var averageNetwork: RecurrentNetwork<S> { network(state.average) }

    /// The network of the epoch with the lowest validation loss so far (without validation data: training loss), or with
    /// the best metric where the settings have a judge; the average network before the end of the first epoch.
    public var bestNetwork: RecurrentNetwork<S> { network(state.best?.parameters ?? state.average) }

    /// The current network with other parameters, if there are any.
    private func network(_ parameters: Parameters<S>?) -> RecurrentNetwork<S> {
        var network = state.network
        if let parameters { network.parameters = parameters }
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
        while pending.isEmpty, end == nil { try advance() }
        return nextPending
    }

    /// The next event that is known already.
    var nextPending: TrainingEvent? { pending.isEmpty ? nil : pending.removeFirst() }

    /// Trains to the end and calls `handle` with every event.
    ///
    /// The calling thread is busy until then. In an asynchronous function that is one of the few threads that all tasks
    /// share, and an actor that calls it answers nobody meanwhile; use `events` there.
    ///
    /// - Returns: the reason why it ended.
    /// - Throws: `TrainerError`, and what `handle` throws.
    @discardableResult
    public func run(_ handle: (TrainingEvent) throws -> Void = { _ in }) throws -> TrainingEnd {
        while let event = try next() { try handle(event) }
        guard let end else { unreachable("there are events until training has ended") }
        return end
    }

    /// Gives training more epochs, also if it has ended. `run`, `next` and `events` then go on, as if it had had them from
    /// the beginning; patience counts anew, and a schedule that has ended keeps its last rate.
    ///
    /// - Precondition: `count` is at least 1.
    public func addEpochs(_ count: Int) {
        require(count >= 1, "there must be at least one epoch more, not \(count)")
        settings.epochs += count
        if case .outOfPatience = end { state.epochsSinceBest = 0 }
        pending.removeAll { if case .finished = $0 { true } else { false } }
        (end, start) = (nil, nil)
    }
}
