import LinearAlgebra
import NaiveReference
import Recurrent

/// The engine's training step on one shape, its batch and weights drawn from a fixed seed.
struct TrainingStep<S: Scalar> {
    var network: ElmanNetwork<S>
    let batch: SequenceBatch<S>
    let targets: Matrix<S>
    let objective: Objective<S>

    init(_ shape: Shape) throws(DataError) {
        var generator = RandomGenerator(seed: 1)
        let configuration = ElmanConfiguration(
            inputWidth: shape.I, stateWidth: shape.H, outputWidth: shape.O)
        network = ElmanNetwork(configuration, using: &generator)
        let rows = shape.T * shape.B
        let inputs = Matrix<S>(rows: rows, columns: shape.I) { _, _ in S(generator.uniform(within: 1)) }
        targets = Matrix<S>(rows: rows, columns: shape.O) { _, _ in S(generator.uniform(within: 1)) }
        batch = try SequenceBatch(inputs: inputs, steps: shape.T, sequences: shape.B)
        objective = try Objective(.halfSquaredError, .values(targets), on: batch, for: configuration)
    }

    func time(seconds: Double, workers: Int = 1) throws -> Timing {
        var network = network
        let unfolding = Unfolding<S>(network.configuration, workers: workers)
        var descent = GradientDescent<S>(learningRate: 1e-6, clipping: .norm(1))
        return try Timing(seconds: seconds) {
            _ = try descent.step(&network, in: unfolding, on: batch, objective)
        }
    }
}

/// The same step by the naive reference.
struct NaiveTrainingStep {
    let network: NaiveNetwork
    let sequences: [NaiveSequence]

    init(_ shape: Shape) {
        guard let step = try? TrainingStep<Double>(shape) else {
            preconditionFailure("the grid's shapes make valid batches")
        }
        self.init(step)
    }

    init<S: Scalar>(_ step: TrainingStep<S>) {
        func rows(_ name: ParameterName) -> [[Double]] {
            step.network.parameters[name]!.converted(to: Double.self).rowArrays
        }
        network = NaiveNetwork(
            Wx: rows(.inputWeights), Ws: rows(.stateWeights), Wy: rows(.outputWeights),
            bs: rows(.stateBias)[0], by: rows(.outputBias)[0], activation: .tanh, output: .linear,
            elementary: .platform)
        let x = step.batch.inputs.converted(to: Double.self).rowArrays
        let d = step.targets.converted(to: Double.self).rowArrays
        let (T, B) = (step.batch.steps, step.batch.sequences)
        sequences = (0..<B).map { b in
            NaiveSequence(
                x: (0..<T).map { x[$0 * B + b] }, d: (0..<T).map { d[$0 * B + b] },
                weight: Array(repeating: 1, count: T),
                s0: Array(repeating: 0, count: step.network.configuration.stateWidth))
        }
    }

    func run() -> NaiveResult { network.run(sequences, .squared(factor: 0.5)) }

    /// Once is enough for a figure that is orders of magnitude away.
    func time() -> Timing { Timing(seconds: 0, atLeast: 1) { _ = run() } }
}
