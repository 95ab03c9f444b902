import Foundation
import RecurrentLinearAlgebra

// The course of a training: step after step, epoch after epoch.
extension Trainer {
    /// Does one piece of work: a step, or a batch of validation data.
    func advance() throws(TrainerError) {
        if validationPass != nil { return try validate() }
        try beginRun()
        if start == nil { start = (.now, state.step) }
        if Task.isCancelled { return try finish(.cancelled) }
        if state.epoch >= settings.epochs { return try finish(.completed) }
        if let patience = settings.patience, state.epochsSinceBest >= patience {
            return try finish(.outOfPatience(epochs: state.epochsSinceBest))
        }
        guard try takeStep() else { return }
        if state.batch == batchCount {
            try endSteps()
        } else if state.step % settings.checkpointEvery == 0 {
            try writeCheckpoint()
        }
    }

    /// Takes the next step of the epoch, or leaves it out; returns false if training has gone back instead.
    private func takeStep() throws(TrainerError) -> Bool {
        updateOrder()
        let batches = state.batch..<min(state.batch + settings.accumulation, batchCount)
        let learningRate = self.learningRate
        if let problem = settings.rateProblem(learningRate, in: S.self) {
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
            return true
        } catch {
            return try react(to: error, batches)
        }
    }

    /// Goes on from another state.
    func restart(from state: TrainerState<S>) {
        self.state = state
        (orderOfEpoch, validationPass, start, end) = (-1, nil, nil, nil)
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
        if case .pass = error { throw .step(state.step + 1, error) }
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

    /// Ends the steps of an epoch; its validation comes next.
    private func endSteps() throws(TrainerError) {
        guard let validation else { return try finishEpoch(validationLoss: nil, metric: nil) }
        validationPass = ValidationPass(validation, for: network.configuration, settings, own: ownLoss)
    }

    /// Validates on one batch more; the last one ends the epoch.
    private func validate() throws(TrainerError) {
        guard var pass = validationPass else { return }
        do throws(PassError) {
            try pass.advance(averageNetwork, in: unfolding)
        } catch {
            throw .step(state.step, .pass(error))
        }
        validationPass = pass.isFinished ? nil : pass
        if pass.isFinished { try finishEpoch(validationLoss: pass.reducedLoss, metric: pass.metric) }
    }

    private func finishEpoch(validationLoss: Double?, metric: Double?) throws(TrainerError) {
        let loss = state.lossCount == 0 ? Double.nan : state.lossSum / Double(state.lossCount)
        // Lower is better, as of losses.
        let judged =
            metric.map { settings.judge?.isBetterHigher == true ? -$0 : $0 } ?? validationLoss ?? loss
        let isBest = judged.isFinite && judged < state.best.map(\.loss) ?? .infinity
        if isBest {
            state.best = BestParameters(
                loss: judged, epoch: state.epoch + 1, parameters: averageNetwork.parameters)
        }
        state.epochsSinceBest = isBest ? 0 : state.epochsSinceBest + 1
        _ = state.plateau?.observe(validationLoss ?? loss)
        let epoch = TrainingEpoch(
            epoch: state.epoch + 1, step: state.step, loss: loss, validationLoss: validationLoss,
            metric: metric, isBest: isBest,
            clipRate: Double(state.clippedCount) / Double(max(1, state.lossCount)),
            saturation: unfolding.saturation)
        state.epoch += 1
        (state.batch, state.lossSum, state.lossCount, state.clippedCount) = (0, 0, 0, 0)
        state.carried = nil
        pending.append(.epoch(epoch))
        try writeCheckpoint()
    }

    private func finish(_ end: TrainingEnd) throws(TrainerError) {
        self.end = end
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
