import RecurrentLinearAlgebra
import Recurrent

/// Le, Jaitly and Hinton, "A simple way to initialize recurrent networks of rectified linear units", 2015; the
/// task is Hochreiter and Schmidhuber's, "Long short-term memory", 1997.
///
/// The answer to a hundred numbers is the sum of the two that are marked. A ReLU network whose W_s starts as the
/// identity learns the task, a tanh network with the same training does not.
///
/// Differs from the paper: Adam instead of plain gradient descent, 32 state units instead of 100, T = 100 instead
/// of up to 400, and Glorot's initialisation of W_x: with the paper's deviation of 0.001 the network learned
/// nothing in this number of steps.
struct AddingProblem: Reproduction {
    let name = "adding-problem"
    let source = "Le, Jaitly, Hinton 2015"
    let claim = "A ReLU network whose W_s starts as I learns to add over 100 steps, a tanh network does not."

    private let task = AddingTask<Double>(timesteps: 100)
    private let stateWidth = 32
    private let steps = 1500

    func run(seed: UInt64, _ progress: ProgressDisplay) throws -> [Measurement] {
        let relu = try testError(.relu, seed: seed) { progress.show($0, of: 2 * steps) }
        let tanh = try testError(.tanh, seed: seed) { progress.show(steps + $0, of: 2 * steps) }
        return [
            Measurement(
                label: "MSE, ReLU, W_s = I, T = 100", published: "below 1/6", bound: .below(0.02),
                value: relu),
            Measurement(
                label: "MSE, tanh, same training", published: "1/6", bound: .above(0.15), value: tanh),
        ]
    }

    private func testError(
        _ activation: Activation, seed: UInt64, _ progress: (Int) -> Void
    ) throws -> Double {
        var generator = RandomGenerator(seed: seed)
        let training = AdamTraining<Double>(network(activation, using: &generator))
        try training.run(
            steps: steps, .meanSquaredError,
            learningRate: { 0.002 * (1 - Double($0) / Double(steps)) }, progress: progress
        ) { _ in try task.batch(sequences: 32, using: &generator) }
        let losses = try (0..<10).map { _ in
            let (inputs, targets) = try task.batch(sequences: 1000, using: &generator)
            return try training.loss(.meanSquaredError, targets, on: inputs)
        }
        return mean(losses)
    }

    private func network(
        _ activation: Activation, using generator: inout RandomGenerator
    ) -> RecurrentNetwork<Double> {
        let configuration = NetworkConfiguration(
            inputWidth: 2, stateWidth: stateWidth, outputWidth: 1, cell: .elman(activation),
            readOut: .lastStep)
        return RecurrentNetwork<Double>(
            configuration, initialiser: activation == .relu ? .identity : .uniform, using: &generator)
    }
}
