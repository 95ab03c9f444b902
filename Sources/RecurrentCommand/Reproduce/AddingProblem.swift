import RecurrentLinearAlgebra
import Recurrent

/// Le, Jaitly and Hinton, "A simple way to initialize recurrent networks of rectified linear units", 2015; the
/// task is Hochreiter and Schmidhuber's, "Long short-term memory", 1997.
///
/// A hundred numbers from 0...1, one of each half marked; the answer is the sum of the two marked numbers. Always
/// answering 1 has a mean squared error of 1/6. A ReLU network whose W_s starts as the identity learns the task, a
/// tanh network with the same training does not.
///
/// Differs from the paper: Adam instead of plain gradient descent, 32 state units instead of 100, T = 100 instead
/// of up to 400, and Glorot's initialisation of W_x: with the paper's deviation of 0.001 the network learned
/// nothing in this number of steps.
struct AddingProblem: Reproduction {
    let name = "adding-problem"
    let source = "Le, Jaitly, Hinton 2015"
    let claim = "A ReLU network whose W_s starts as I learns to add over 100 steps, a tanh network does not."

    private let timesteps = 100
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
        ) { _ in try batch(sequences: 32, using: &generator) }
        let losses = try (0..<10).map { _ in
            let (inputs, targets) = try batch(sequences: 1000, using: &generator)
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

    /// x_t is a number, and 1 if it is marked, otherwise 0.
    private func batch(
        sequences: Int, using generator: inout RandomGenerator
    ) throws -> (SequenceBatch<Double>, Targets<Double>) {
        let half = timesteps / 2
        let marked = (0..<sequences).map { _ in
            [generator.index(below: half), half + generator.index(below: timesteps - half)]
        }
        let inputs = Matrix<Double>(rows: timesteps * sequences, columns: 2) { row, feature in
            feature == 0 ? generator.uniform() : marked[row % sequences].contains(row / sequences) ? 1 : 0
        }
        let sums = marked.enumerated().map { sequence, steps in
            steps.reduce(0.0) { $0 + inputs[$1 * sequences + sequence, 0] }
        }
        let batch = try SequenceBatch(inputs: inputs, steps: timesteps, sequences: sequences)
        return (batch, try batch.targets(perSequence: sums.map { [$0] }))
    }
}
