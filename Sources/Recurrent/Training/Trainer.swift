import Foundation
import RecurrentLinearAlgebra

/// Trains a network: epochs over data in batches, a schedule, validation, the best parameters, checkpoints, and
/// resumption after any interruption, with exactly the same result.
///
///     let trainer = try Trainer(network, on: .sequences(data), settings)
///     for try await event in trainer.events { … }
///
/// Each event is computed on demand, so training never runs ahead of its listener; `next()` does the same without
/// concurrency. If the listening task is cancelled, training ends after the current step, with a checkpoint. Data,
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
    private var order: [[Int]] = []
    private var orderOfEpoch = -1
    var accumulated: Parameters<S>?
    var pending: [TrainingEvent] = []
    private var hasEnded = false
    var goneBack = 0
    /// The run whose checkpoints this trainer writes; nil before it begins or is resumed.
    var run: String?
    private(set) lazy var identity = describeIdentity()
    private var start: (clock: ContinuousClock.Instant, step: Int)?

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

    /// Trains until the next event.
    ///
    /// - Returns: nil after the last event.
    /// - Throws: `TrainerError`; `network` holds the result of the steps before.
    public func next() throws(TrainerError) -> TrainingEvent? {
        while pending.isEmpty {
            if hasEnded { return nil }
            try advance()
        }
        return pending.removeFirst()
    }

    /// Trains to the end and calls `handle` with every event.
    ///
    /// - Throws: `TrainerError`, and what `handle` throws.
    public func run(_ handle: (TrainingEvent) throws -> Void = { _ in }) throws {
        while let event = try next() { try handle(event) }
    }

    private func advance() throws(TrainerError) {
        try beginRun()
        if start == nil { start = (.now, state.step) }
        if Task.isCancelled { return try end(.cancelled) }
        if state.epoch >= settings.epochs { return try end(.completed) }
        if let patience = settings.patience, state.epochsSinceBest >= patience {
            return try end(.outOfPatience(epochs: state.epochsSinceBest))
        }
        updateOrder()
        let batches = state.batch..<min(state.batch + settings.accumulation, batchCount)
        let learningRate = self.learningRate
        if let problem = Optimiser<S>.problem(learningRate: learningRate) {
            throw .settings("step \(state.step + 1): \(problem); it has fallen too far")
        }
        state.optimiser.learningRate = learningRate
        do throws(TrainingError) {
            let report = try train(on: batches)
            state.lossSum += report.loss
            state.lossCount += 1
            state.clippedCount += report.wasClipped ? 1 : 0
            finishStep(batches)
            if settings.reportsSteps { pending.append(.step(describe(report, learningRate))) }
        } catch {
            guard try react(to: error, batches) else { return }
        }
        if state.batch == batchCount {
            try finishEpoch()
        } else if state.step % settings.checkpointEvery == 0 {
            try writeCheckpoint()
        }
    }

    /// Goes on from another state.
    func restart(from state: TrainerState<S>) {
        self.state = state
        (orderOfEpoch, start, hasEnded) = (-1, nil, false)
    }

    private func finishStep(_ batches: Range<Int>) {
        state.step += 1
        state.batch = batches.upperBound
    }

    /// Reacts to a step that was refused; returns true if training continues with the next batch, false if from a
    /// checkpoint.
    private func react(
        to error: TrainingError, _ batches: Range<Int>
    ) throws(TrainerError) -> Bool {
        if case .memory = error { throw .step(state.step + 1, error) }
        switch settings.onNonFinite {
        case .stop:
            throw .step(state.step + 1, error)
        case .skip:
            pending.append(.warning(.skipped(step: state.step + 1, error)))
            // The states of streams may not be finite either; they start again from s_0.
            state.carried = nil
            finishStep(batches)
            return true
        case .goBack(let factor):
            goneBack += 1
            let (from, rate) = (state.step + 1, state.rateFactor * factor)
            guard goneBack <= Tuning.mostReturns else { throw .step(from, error) }
            try goBack()
            state.rateFactor = rate
            pending.append(
                .warning(.wentBack(fromStep: from, toStep: state.step, rateFactor: rate, error)))
            return false
        }
    }

    private func finishEpoch() throws(TrainerError) {
        let loss = state.lossCount == 0 ? Double.nan : state.lossSum / Double(state.lossCount)
        let validationLoss = try validate()
        let judged = validationLoss ?? loss
        let isBest = judged.isFinite && judged < state.best.map(\.loss) ?? .infinity
        if isBest {
            state.best = BestParameters(
                loss: judged, epoch: state.epoch + 1, parameters: state.network.parameters)
        }
        state.epochsSinceBest = isBest ? 0 : state.epochsSinceBest + 1
        _ = state.plateau?.observe(judged)
        let epoch = TrainingEpoch(
            epoch: state.epoch + 1, step: state.step, loss: loss, validationLoss: validationLoss,
            isBest: isBest, clipRate: Double(state.clippedCount) / Double(max(1, state.lossCount)),
            saturation: unfolding.saturation)
        state.epoch += 1
        (state.batch, state.lossSum, state.lossCount, state.clippedCount) = (0, 0, 0, 0)
        state.carried = nil
        pending.append(.epoch(epoch))
        try writeCheckpoint()
    }

    private func end(_ end: TrainingEnd) throws(TrainerError) {
        hasEnded = true
        if end == .cancelled { try writeCheckpoint() }
        pending.append(.finished(end))
    }

    var batchCount: Int { data.batches(batchSize: settings.batchSize) }

    private func updateOrder() {
        guard orderOfEpoch != state.epoch, case .sequences(let sequences) = data else { return }
        order = EpochOrder.batches(
            lengths: sequences.lengths, batchSize: settings.batchSize, seed: settings.seed,
            epoch: state.epoch, shuffles: settings.shuffles, buckets: settings.bucketsByLength)
        orderOfEpoch = state.epoch
    }

    /// The sequences of a batch of the current epoch.
    func sequences(of batch: Int) -> [Int] { order[batch] }

    private var learningRate: Double {
        let plateau = state.plateau.map { $0.learningRate / (settings.plateau?.learningRate ?? 1) } ?? 1
        return settings.schedule.learningRate(at: state.step) * state.rateFactor * plateau
    }

    private func describe(_ report: TrainingReport, _ learningRate: Double) -> TrainingStep {
        let seconds = start.map { (ContinuousClock.now - $0.clock) / .seconds(1) } ?? 0
        let done = Double(state.step - (start?.step ?? 0))
        let stepsOfEpoch = (batchCount + settings.accumulation - 1) / settings.accumulation
        let left =
            Double(stepsOfEpoch) * Double(settings.epochs - state.epoch)
            - Double(state.batch / settings.accumulation)
        return TrainingStep(
            step: state.step, epoch: state.epoch + 1, loss: report.loss, gradientNorm: report.gradientNorm,
            wasClipped: report.wasClipped, learningRate: learningRate,
            stepsPerSecond: seconds > 0 ? done / seconds : 0,
            secondsLeft: done > 0 ? max(0, left) * seconds / done : 0)
    }
}
