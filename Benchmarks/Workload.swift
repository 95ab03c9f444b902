import RecurrentLinearAlgebra
import Recurrent

/// A network, a batch and a task to time: drawn from a fixed seed, or read from a file that other frameworks read
/// as well.
struct Workload<S: Scalar> {
    let network: RecurrentNetwork<S>
    let batch: SequenceBatch<S>
    let targets: Matrix<S>
    let objective: Objective<S>

    /// - Parameters:
    ///   - lengths: the valid steps of each sequence; all T by default.
    ///   - layers: how many layers stand on each other; 1 by default.
    ///   - directions: forward by default.
    init(
        _ shape: Shape, lengths: [Int]? = nil, layers: Int = 1, directions: Directions = .forward
    ) throws {
        var generator = RandomGenerator(seed: 1)
        let configuration = NetworkConfiguration(
            inputWidth: shape.I, stateWidth: shape.H, outputWidth: shape.O, layers: layers,
            directions: directions)
        let network = RecurrentNetwork<S>(configuration, using: &generator)
        let rows = shape.T * shape.B
        let inputs = Matrix<S>(rows: rows, columns: shape.I) { _, _ in S(generator.uniform(within: 1)) }
        let targets = Matrix<S>(rows: rows, columns: shape.O) { _, _ in S(generator.uniform(within: 1)) }
        try self.init(network, inputs, targets, steps: shape.T, sequences: shape.B, lengths: lengths)
    }

    init(
        _ network: RecurrentNetwork<S>, _ inputs: Matrix<S>, _ targets: Matrix<S>, steps: Int,
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
        Trainer(self, workers: workers, states: states).step
    }

    /// A forward pass, outputs copied out in the order of the batch, each time it is called.
    func inferrer(workers: Int) -> () throws -> Void { Inferrer(self, workers: workers).run }

    /// The losses of the first training steps.
    func firstLosses(_ count: Int) throws -> [Double] {
        var network = network
        let unfolding = Unfolding(for: network)
        var optimiser = Optimiser<S>(.sgd(), learningRate: 1e-6, clipping: .norm(1))
        return try (0..<count).map { _ in
            try optimiser.step(&network, in: unfolding, on: batch, objective).loss
        }
    }
}

/// What changes from one training step to the next.
private final class Trainer<S: Scalar> {
    private var network: RecurrentNetwork<S>
    private var optimiser = Optimiser<S>(.sgd(), learningRate: 1e-6, clipping: .norm(1))
    private let unfolding: Unfolding<S>
    private let workload: Workload<S>

    init(_ workload: Workload<S>, workers: Int, states: StateStorage) {
        self.workload = workload
        network = workload.network
        unfolding = Unfolding(for: network, workers: workers, states: states)
    }

    func step() throws {
        _ = try optimiser.step(&network, in: unfolding, on: workload.batch, workload.objective)
    }
}

/// What forward passes use again.
private final class Inferrer<S: Scalar> {
    private var result: ForwardPass<S>
    private let unfolding: Unfolding<S>
    private let workload: Workload<S>

    init(_ workload: Workload<S>, workers: Int) {
        self.workload = workload
        result = ForwardPass(for: workload.batch, workload.network)
        unfolding = Unfolding(for: workload.network, workers: workers)
    }

    func run() throws { try unfolding.forward(workload.network, on: workload.batch, into: &result) }
}
