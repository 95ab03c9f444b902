import LinearAlgebra
import Recurrent

/// A network, a batch and a task to time: drawn from a fixed seed, or read from a file that other frameworks read
/// as well.
struct Workload<S: Scalar> {
    let network: ElmanNetwork<S>
    let batch: SequenceBatch<S>
    let targets: Matrix<S>
    let objective: Objective<S>

    /// - Parameter lengths: the valid steps of each sequence; all T by default.
    init(_ shape: Shape, lengths: [Int]? = nil) throws {
        var generator = RandomGenerator(seed: 1)
        let configuration = ElmanConfiguration(
            inputWidth: shape.I, stateWidth: shape.H, outputWidth: shape.O)
        let network = ElmanNetwork<S>(configuration, using: &generator)
        let rows = shape.T * shape.B
        let inputs = Matrix<S>(rows: rows, columns: shape.I) { _, _ in S(generator.uniform(within: 1)) }
        let targets = Matrix<S>(rows: rows, columns: shape.O) { _, _ in S(generator.uniform(within: 1)) }
        try self.init(network, inputs, targets, steps: shape.T, sequences: shape.B, lengths: lengths)
    }

    init(
        _ network: ElmanNetwork<S>, _ inputs: Matrix<S>, _ targets: Matrix<S>, steps: Int,
        sequences: Int, lengths: [Int]? = nil
    ) throws {
        self.network = network
        self.targets = targets
        batch = try SequenceBatch(inputs: inputs, steps: steps, sequences: sequences, lengths: lengths)
        objective = try Objective(
            .halfSquaredError, .values(targets), on: batch, for: network.configuration)
    }

    /// A training step each time it is called.
    func trainer(workers: Int, states: StateStorage = .kept) -> () throws -> Void {
        var network = network
        let unfolding = Unfolding<S>(network.configuration, workers: workers, states: states)
        var descent = GradientDescent<S>(learningRate: 1e-6, clipping: .norm(1))
        return { _ = try descent.step(&network, in: unfolding, on: batch, objective) }
    }

    /// A forward pass, outputs copied out in the order of the batch, each time it is called.
    func inferrer(workers: Int) -> () throws -> Void {
        let unfolding = Unfolding<S>(network.configuration, workers: workers)
        var result = ForwardPass(for: batch, network.configuration)
        return { try unfolding.forward(network, on: batch, into: &result) }
    }

    /// The losses of the first training steps.
    func firstLosses(_ count: Int) throws -> [Double] {
        var network = network
        let unfolding = Unfolding<S>(network.configuration)
        var descent = GradientDescent<S>(learningRate: 1e-6, clipping: .norm(1))
        return try (0..<count).map { _ in
            try descent.step(&network, in: unfolding, on: batch, objective).loss
        }
    }
}
