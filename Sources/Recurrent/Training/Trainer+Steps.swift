import RecurrentLinearAlgebra

// The computations of a trainer.
extension Trainer {
    /// One step on some batches of the current epoch: the mean of their gradients is applied.
    func train(on batches: Range<Int>) throws(TrainingError) -> TrainingReport {
        BLASLibrary.beginSingleThread()
        defer { BLASLibrary.endSingleThread() }
        let carried = state.carried
        do throws(TrainingError) {
            var loss = 0.0
            for batch in batches {
                loss += try lossAndGradient(batch) / Double(batches.count)
                if batches.count > 1 { accumulate(isFirst: batch == batches.lowerBound) }
            }
            if batches.count > 1, var mean = accumulated {
                mean.mutableVector.scale(by: 1 / S(batches.count))
                unfolding.gradient = mean
            }
            try showGradient(loss: loss)
            return try state.apply(in: unfolding, loss: loss, averageDecay: settings.averageDecay)
        } catch {
            state.carried = carried
            throw error
        }
    }

    /// Calls `onGradient` with the gradient, unless it is not finite: then the step is refused.
    private func showGradient(loss: Double) throws(TrainingError) {
        guard let onGradient else { return }
        state.optimiser.clearFrozen(in: &unfolding.gradient)
        _ = try unfolding.gradient.finiteNorm(loss: loss)
        let seed = RandomGenerator.seed(RandomGenerator.seed(settings.seed, Self.hookPurpose), state.step)
        let step = GradientStep(
            step: state.step + 1, epoch: state.epoch + 1, loss: loss, network: state.network,
            generator: RandomGenerator(seed: seed))
        onGradient(&unfolding.gradient, step)
        requireSameLayout(unfolding.gradient.layout, state.network.parameters.layout)
    }

    /// The number that tells the seeds of `onGradient` from those of dropout and noise, which are of steps from 0 on.
    private static var hookPurpose: Int { -1 }

    private func accumulate(isFirst: Bool) {
        if isFirst {
            accumulated = unfolding.gradient
        } else {
            accumulated?.addElements(of: unfolding.gradient)
        }
    }

    /// Loss and gradient of one batch; for streams, the carried states move on to the next window.
    private func lossAndGradient(_ batch: Int) throws(TrainingError) -> Double {
        let dropoutSeed = RandomGenerator.seed(RandomGenerator.seed(settings.seed, state.step), batch)
        do {
            switch data {
            case .sequences:
                let (inputs, objective) = try assembler.batch(
                    of: sequences(of: batch), at: settings.lossSteps)
                return try run(prepared(inputs, dropoutSeed), objective, dropoutSeed)
            case .streams(let streams, let window):
                let windows = window.windows(steps: streams.steps)
                let here = windows[batch]
                let (inputs, objective) = try assembler.window(here, of: streams)
                let loss = try run(prepared(inputs, dropoutSeed), objective, dropoutSeed)
                if batch + 1 < windows.count {
                    let next = windows[batch + 1].steps.lowerBound - here.steps.lowerBound
                    // A window with the same beginning as the one before begins with the same states.
                    if next > 0 { state.carried = unfolding.state(after: next) }
                }
                return loss
            }
        } catch PassError.initialState, is StateError {
            // Data, shapes and tokens are in order: a state that is carried, or an output that was fed back, was
            // not finite.
            throw .lossNotFinite(.nan)
        } catch let error as PassError {
            throw .pass(error)
        } catch {
            unreachable("data were checked when the trainer was made: \(error)")
        }
    }

    private func run(
        _ batch: SequenceBatch<S>, _ objective: Objective<S>, _ seed: UInt64
    ) throws(PassError) -> Double {
        var pass = UnfoldingPass(parameters: state.network.parameters, batch: batch, objective: objective)
        (pass.initialState, pass.dropoutSeed) = (state.carried, seed)
        pass.stepLimit = settings.clipping.stepLimit(in: S.self)
        if case .streams = data { pass.keepsStates = true }
        return try unfolding.differentiate(pass)
    }

    /// A batch as the network sees it: with its own outputs fed back, and with noise.
    private func prepared(_ given: SequenceBatch<S>, _ seed: UInt64) throws(StateError) -> SequenceBatch<S> {
        var generator = RandomGenerator(seed: seed)
        var batch = given
        if let sampling = settings.sampling {
            batch = try state.network.feedingBack(
                given, teacherProbability: sampling.teacherProbability(at: state.step), from: state.carried,
                using: &generator)
        }
        guard settings.inputNoise > 0, !batch.isTokens else { return batch }
        var values = batch.values
        values.withMutableView { values in
            for row in 0..<values.rows {
                for column in 0..<values.columns {
                    values[row, column] += S(settings.inputNoise * generator.normal())
                }
            }
        }
        return SequenceBatch(layout: batch.layout, width: batch.width, rows: .values(values))
    }
}
