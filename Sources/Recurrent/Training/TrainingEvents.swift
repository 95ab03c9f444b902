import RecurrentLinearAlgebra

/// The events of a trainer, each computed on demand.
public struct TrainingEvents<S: Scalar>: AsyncSequence {
    let trainer: Trainer<S>

    public struct AsyncIterator: AsyncIteratorProtocol {
        let trainer: Trainer<S>

        public mutating func next() async throws(TrainerError) -> TrainingEvent? { try trainer.next() }

        /// The next event, computed on the caller's actor.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(TrainerError) -> TrainingEvent? { try trainer.next() }
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(trainer: trainer) }
}
