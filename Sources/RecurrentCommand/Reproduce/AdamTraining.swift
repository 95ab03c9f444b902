import RecurrentLinearAlgebra
import Recurrent

/// A network in training by Adam with gradients clipped to norm 1, as in all reproductions that train one.
///
/// A class for the reason given at `ProgressDisplay`.
final class AdamTraining<S: Scalar> {
    private(set) var network: RecurrentNetwork<S>
    private let unfolding: Unfolding<S>
    private var optimiser: Optimiser<S>

    /// - Parameters:
    ///   - network: the network before training.
    ///   - history: the number of steps that the gradient of each loss reaches back; all by default.
    init(_ network: RecurrentNetwork<S>, history: Int? = nil) {
        self.network = network
        unfolding = Unfolding(for: network, history: history)
        // Every step sets its own learning rate.
        optimiser = Optimiser(.adam(), learningRate: 1, clipping: .norm(1))
    }

    /// Trains on the mean loss: over valid steps, or over sequences if there is one output for each.
    ///
    /// - Parameters:
    ///   - steps: the number of training steps.
    ///   - loss: of the batches.
    ///   - learningRate: that of a step, counted from 0.
    ///   - progress: called after each step.
    ///   - batch: the batch of a step.
    func run(
        steps: Int, _ loss: Loss, learningRate: (_ step: Int) -> Double, progress: (_ step: Int) -> Void,
        batch: (_ step: Int) throws -> (inputs: SequenceBatch<S>, targets: Targets<S>)
    ) throws {
        for step in 0..<steps {
            let (inputs, targets) = try batch(step)
            let objective = try Objective(
                loss, targets, on: inputs, for: network, reduction: .meanOverSteps)
            optimiser.learningRate = learningRate(step)
            _ = try optimiser.step(&network, in: unfolding, on: inputs, objective)
            progress(step)
        }
    }

    /// The mean loss of a batch.
    func loss(_ loss: Loss, _ targets: Targets<S>, on inputs: SequenceBatch<S>) throws -> Double {
        let objective = try Objective(
            loss, targets, on: inputs, for: network, reduction: .meanOverSteps)
        return try unfolding.loss(of: network, on: inputs, objective)
    }

    /// y_t, time-major as in `ForwardPass`.
    func outputs(for inputs: SequenceBatch<S>) throws -> Matrix<S> {
        var pass = ForwardPass(for: inputs, network)
        try unfolding.forward(network, on: inputs, into: &pass)
        return pass.outputs
    }
}
