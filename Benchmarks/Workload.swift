import RecurrentLinearAlgebra
import Recurrent

/// A network, a batch and an objective to time, drawn from a fixed seed or read from a file that other frameworks read
/// too.
struct Workload<S: Scalar> {
    let network: RecurrentNetwork<S>
    let batch: SequenceBatch<S>
    let targets: Matrix<S>
    let objective: Objective<S>

    /// - Parameters:
    ///   - lengths: the valid steps of each sequence; all T by default.
    ///   - layers: the number of layers; 1 by default.
    ///   - directions: forward by default.
    init(
        _ shape: Shape, lengths: [Int]? = nil, layers: Int = 1, directions: Directions = .forward
    ) throws {
        var generator = RandomGenerator(seed: 1)
        let configuration = NetworkConfiguration(
            inputWidth: shape.I, stateWidth: shape.H, outputWidth: shape.O, layers: layers,
            cell: shape.cell.equations, directions: directions)
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
            .halfSquaredError, .values(targets), on: batch, for: network)
    }

    /// A function that makes one training step.
    func trainingStep(workers: Int, states: StateStorage = .kept) -> () throws -> Void {
        let loop = TrainingLoop(network, on: batch, objective, workers: workers, states: states)
        return { try loop.step() }
    }

    /// A function that makes one training step, whose schedule is played.
    func trainingStep(playing schedule: PlayedSchedule) -> () throws -> Void {
        let loop = TrainingLoop(network, on: batch, objective, workers: schedule.workers, playing: schedule)
        return { try loop.step() }
    }

    /// A function that makes one forward pass, with the outputs copied out in the order of the batch.
    func forwardPass(workers: Int) -> () throws -> Void {
        InferenceLoop(network, on: batch, workers: workers).pass
    }

    /// The losses of the first training steps.
    func firstLosses(_ count: Int) throws -> [Double] {
        let loop = TrainingLoop(network, on: batch, objective, workers: Processors.usable)
        return try (0..<count).map { _ in try loop.step() }
    }
}
