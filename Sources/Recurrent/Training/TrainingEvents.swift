import RecurrentLinearAlgebra

/// The events of a trainer, each computed on demand.
///
/// Between two pieces of work, steps and batches of validation data, the task gives way every few milliseconds, whether
/// there are events or not: other tasks run, an actor that trains answers its callers, and they find the trainer between
/// two steps. A single step is not interrupted.
public struct TrainingEvents<S: Scalar>: AsyncSequence {
    let trainer: Trainer<S>

    public struct AsyncIterator: AsyncIteratorProtocol {
        let trainer: Trainer<S>
        private var lastPause = ContinuousClock.now

        init(trainer: Trainer<S>) { self.trainer = trainer }

        public mutating func next() async throws(TrainerError) -> TrainingEvent? {
            try await next(isolation: nil)
        }

        /// The next event, computed on the caller's actor.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(TrainerError) -> TrainingEvent? {
            while true {
                if let event = trainer.nextPending { return event }
                if trainer.end != nil { return nil }
                if ContinuousClock.now - lastPause > Tuning.pauseInterval {
                    await Task.yield()
                    lastPause = .now
                } else {
                    try trainer.advance()
                }
            }
        }
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(trainer: trainer) }
}
