import Foundation
import RecurrentLinearAlgebra

/// Trains a network to the end: epochs over data in batches, a schedule, validation, the best parameters kept,
/// checkpoints, and runs that go on after whatever ended them, with the very same result.
///
///     let trainer = try Trainer(network, on: .sequences(data), settings)
///     for try await event in trainer.events { … }
///
/// Each event is computed when it is asked for, so nothing runs ahead of who listens; `next()` does the same
/// without concurrency. When the task that asks is cancelled, training ends at the end of the step, with a checkpoint.
/// Data, network, settings and seed decide the result to the last bit, on any number of workers, and however often it
/// was interrupted.
///
/// Not thread-safe: one caller at a time.
public final class Trainer<S: Scalar> {
    public let settings: TrainingSettings
    let data: TrainingData<S>
    let validation: TrainingData<S>?
    let checkpoints: CheckpointFolder?
    let unfolding: Unfolding<S>
    var state: TrainerState<S>
    private let begun: TrainerState<S>
    let assembler: BatchAssembler<S>
    /// The order of the epoch at work: batches of sequences, none for streams.
    private var order: [[Int]] = []
    private var orderOfEpoch = -1
    var accumulated: Parameters<S>?
    private var pending: [TrainingEvent] = []
    private var hasEnded = false
    private var goneBack = 0
    private lazy var identity = describeIdentity()
    private var start: (clock: ContinuousClock.Instant, step: Int)?

    /// - Parameters:
    ///   - network: what training begins with.
    ///   - data: what it is trained on.
    ///   - settings: how.
    ///   - validation: data that no step is made on, whose loss says which epoch is the best; none by default.
    ///   - checkpoints: the folder to keep checkpoints in; none by default. Call `resume` to go on from it.
    ///   - workers: how many threads share the work; by default as many as this process has processors.
    ///   - states: which states a backward pass keeps; all by default.
    ///   - history: how many steps the gradient of each E_t reaches back; all by default.
    /// - Throws: `TrainerError` saying what is wrong with settings or data.
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

    /// The network as it is now.
    public var network: RecurrentNetwork<S> { state.network }

    /// The network of the epoch with the lowest validation loss so far (without validation data: training loss); the
    /// network as it is now before the end of the first epoch.
    public var bestNetwork: RecurrentNetwork<S> {
        var network = state.network
        if let best = state.best { network.parameters = best.parameters }
        return network
    }

    /// Steps done.
    public var step: Int { state.step }

    /// Goes on from the newest whole checkpoint in the folder; damaged ones are left aside, with a warning as next
    /// event. Without a checkpoint training begins at the beginning.
    ///
    /// - Returns: the steps that are done, or nil without a checkpoint.
    /// - Throws: `TrainerError` naming what differs if the checkpoint is of another training.
    @discardableResult
    public func resume() throws(TrainerError) -> Int? {
        guard let checkpoints else { return nil }
        let (checkpoint, path, damaged) = checkpoints.latest
        pending += damaged.map { .warning(.damagedCheckpoint($0)) }
        guard let checkpoint, let path else { return nil }
        do throws(FileError) {
            let saved = try Checkpoint.decode(checkpoint, path: path, identity, into: begun)
            guard isPossible(saved) else {
                throw FileError(
                    path: path, problem: "the checkpoint's position does not fit to the data; remove it")
            }
            state = saved
        } catch {
            throw .checkpoint(error)
        }
        (orderOfEpoch, start, hasEnded) = (-1, nil, false)
        return state.step
    }

    /// Whether a state is one that this training can have got to.
    private func isPossible(_ state: TrainerState<S>) -> Bool {
        guard state.step >= 0, state.epoch >= 0, 0..<max(1, batchCount) ~= state.batch, state.rateFactor > 0,
            state.lossCount >= 0, state.clippedCount >= 0, state.epochsSinceBest >= 0
        else { return false }
        guard let carried = state.carried else { return true }
        guard case .streams(let streams, _) = data else { return false }
        return carried.rows == streams.streams && carried.columns == network.configuration.stateWidth
    }

    /// Trains until there is something to say.
    ///
    /// - Returns: nil after the last event.
    /// - Throws: `TrainerError`; what was done before is done, and `network` holds it.
    public func next() throws(TrainerError) -> TrainingEvent? {
        while pending.isEmpty {
            if hasEnded { return nil }
            try advance()
        }
        return pending.removeFirst()
    }

    /// Trains to the end, and hands every event to `handle`.
    ///
    /// - Throws: `TrainerError`, and what `handle` throws.
    public func run(_ handle: (TrainingEvent) throws -> Void = { _ in }) throws {
        while let event = try next() { try handle(event) }
    }

    private func advance() throws(TrainerError) {
        if start == nil { start = (.now, state.step) }
        if Task.isCancelled { return try end(.cancelled) }
        if state.epoch >= settings.epochs { return try end(.completed) }
        if let patience = settings.patience, state.epochsSinceBest >= patience {
            return try end(.outOfPatience(epochs: state.epochsSinceBest))
        }
        takeOrder()
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

    private func finishStep(_ batches: Range<Int>) {
        state.step += 1
        state.batch = batches.upperBound
    }

    /// Whether training goes on with the next batch, not from a checkpoint.
    private func react(
        to error: TrainingError, _ batches: Range<Int>
    ) throws(TrainerError) -> Bool {
        if case .memory = error { throw .step(state.step + 1, error) }
        switch settings.onNonFinite {
        case .stop:
            throw .step(state.step + 1, error)
        case .skip:
            pending.append(.warning(.skipped(step: state.step + 1, error)))
            // Streams go on from states that may not be finite themselves; they begin anew.
            state.carried = nil
            finishStep(batches)
            return true
        case .goBack(let factor):
            goneBack += 1
            let (from, rate) = (state.step + 1, state.rateFactor * factor)
            guard goneBack <= 10 else { throw .step(from, error) }
            if try resume() == nil { (state, start) = (begun, nil) }
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

    private func writeCheckpoint() throws(TrainerError) {
        guard let checkpoints else { return }
        do throws(FileError) {
            let path = try checkpoints.write(Checkpoint.encode(state, identity), step: state.step)
            goneBack = 0
            pending.append(.checkpoint(path: path, step: state.step))
        } catch {
            if settings.onCheckpointFailure == .stop { throw .checkpoint(error) }
            pending.append(.warning(.checkpointFailed(step: state.step, error)))
        }
    }

    private var batchCount: Int { data.batches(batchSize: settings.batchSize) }

    private func takeOrder() {
        guard orderOfEpoch != state.epoch, case .sequences(let sequences) = data else { return }
        order = EpochOrder.batches(
            lengths: sequences.lengths, batchSize: settings.batchSize, seed: settings.seed,
            epoch: state.epoch, shuffles: settings.shuffles, buckets: settings.bucketsByLength)
        orderOfEpoch = state.epoch
    }

    /// The sequences of a batch of the epoch at work.
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
