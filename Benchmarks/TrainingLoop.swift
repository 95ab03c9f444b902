import RecurrentLinearAlgebra
import Recurrent

/// A training on one batch, step after step: the network, the optimiser and the memory of an unfolding.
final class TrainingLoop<S: Scalar> {
    private var network: RecurrentNetwork<S>
    private let batch: SequenceBatch<S>
    private let objective: Objective<S>
    private var optimiser: Optimiser<S>
    private let schedule: Schedule
    private let unfolding: Unfolding<S>
    private let dropoutSeed: UInt64?

    /// - Parameters:
    ///   - rule: plain gradient descent by default.
    ///   - schedule: a rate so small that a thousand steps hardly change the network, by default.
    ///   - played: plays the schedule of its workers, in the place of threads.
    init(
        _ network: RecurrentNetwork<S>, on batch: SequenceBatch<S>, _ objective: Objective<S>,
        rule: OptimisationRule = .sgd(), clipping: Clipping = .norm(1), schedule: Schedule = .constant(1e-6),
        workers: Int,
        states: StateStorage = .kept, dropoutSeed: UInt64? = nil, playing played: PlayedSchedule? = nil
    ) {
        (self.network, self.batch, self.objective) = (network, batch, objective)
        (self.schedule, self.dropoutSeed) = (schedule, dropoutSeed)
        optimiser = Optimiser(rule, learningRate: schedule.learningRate(at: 0), clipping: clipping)
        unfolding =
            played.map { Unfolding(for: network, playing: $0) }
            ?? Unfolding(for: network, workers: workers, states: states)
    }

    /// - Returns: the loss before the step.
    @discardableResult
    func step() throws -> Double {
        optimiser.learningRate = schedule.learningRate(at: optimiser.stepCount)
        return try optimiser.step(
            &network, in: unfolding, on: batch, objective, dropoutSeed: dropoutSeed
        ).loss
    }
}
