import RecurrentLinearAlgebra

extension Trainer {
    /// The loss on the validation data, reduced over all of them at once, without dropout and noise; nil without
    /// validation data.
    func validate() throws(TrainerError) -> Double? {
        guard let validation else { return nil }
        let assembler = BatchAssembler(
            validation.sequences, for: state.network.configuration, settings.loss, .sum)
        do {
            let sums =
                switch validation {
                case .sequences(let data): try lossSums(data, assembler)
                case .streams(let streams, let window): try lossSums(streams, window, assembler)
                }
            return switch settings.reduction {
            case .sum: sums.loss
            case .meanOverSteps: sums.loss / Double(sums.steps)
            case .meanOverSequences: sums.loss / Double(sums.sequences)
            }
        } catch let error as MemoryError {
            throw .step(state.step, .memory(error))
        } catch {
            preconditionFailure("data were checked when the trainer was made: \(error)")
        }
    }

    /// The sum of the losses, and the numbers of steps and sequences that carry them.
    private typealias LossSums = (loss: Double, steps: Int, sequences: Int)

    private func lossSums(
        _ data: SequenceDataSet<S>, _ assembler: BatchAssembler<S>
    ) throws -> LossSums {
        let batches = EpochOrder.batches(
            lengths: data.lengths, batchSize: settings.batchSize, seed: 0, epoch: 0, shuffles: false,
            buckets: true)
        var sums: LossSums = (0, 0, 0)
        for batch in batches {
            let (inputs, objective) = try assembler.batch(of: batch, at: settings.lossSteps)
            sums.loss += try unfolding.loss(of: state.network, on: inputs, objective)
            sums.steps += objective.rowWeights.elements.count { $0 != 0 }
            sums.sequences += batch.count
        }
        return sums
    }

    private func lossSums(
        _ streams: StreamDataSet<S>, _ window: TruncatedWindow, _ assembler: BatchAssembler<S>
    ) throws -> LossSums {
        var sums: LossSums = (0, 0, streams.streams)
        var carried: Matrix<S>?
        for window in TruncatedWindow(advance: window.advance).windows(steps: streams.steps) {
            let (inputs, objective) = try assembler.window(window, of: streams)
            sums.loss += try unfolding.loss(of: state.network, on: inputs, objective, from: carried)
            carried = unfolding.finalState
            sums.steps += inputs.validSteps
        }
        return sums
    }
}
