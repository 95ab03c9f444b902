import RecurrentLinearAlgebra
import Recurrent

extension TrainingPlan {
    /// Trains the network to the end: the training loop of all applications and of their baselines.
    ///
    /// - Parameters:
    ///   - checkpoints: a folder for checkpoints. Training continues from the newest one that is there.
    ///   - handle: called with every event, and with the network at that moment.
    /// - Returns: the network of the best epoch on the validation data, or of the last epoch without such data.
    /// - Throws: `TrainingInterrupted` if the task is cancelled, after a checkpoint is written.
    func train(
        checkpoints: CheckpointFolder? = nil,
        _ handle: (TrainingEvent, RecurrentNetwork<S>) throws -> Void = { _, _ in }
    ) throws -> RecurrentNetwork<S> {
        let trainer = try Trainer(
            network, on: data, settings, validation: validation, checkpoints: checkpoints)
        try trainer.resume()
        do {
            while let event = try trainer.next() {
                if case .finished(.cancelled) = event { throw TrainingInterrupted() }
                try handle(event, trainer.network)
            }
        } catch TrainerError.step(_, .pass(.memory(let error))) {
            throw CommandFailure(
                "a training step needs \(error.needed / 1_000_000) MB of memory, but \(error.available / 1_000_000) MB are free; use a smaller --batch-size, --window or --state-width, or fewer --layers"
            )
        }
        return validation == nil ? trainer.network : trainer.bestNetwork
    }
}
