import Foundation
import RecurrentLinearAlgebra
import Recurrent

/// A workload, the one that it is compared with, and how many times that one's operations it has.
private struct Cost {
    let name: String
    var base = 0
    var operations = 1.0
    let run: () throws -> Void
    var timing: Timing?
    /// The least time of each round.
    var rounds: [Double] = []
}

/// What a trainer, its checkpoints, deeper networks and both directions cost beside the bare training step of a
/// single forward layer. All are timed in turn, in short rounds; a ratio is the median over the rounds, so that a
/// machine that slows down for a while changes none.
func timeTrainingCosts<S: Scalar>(_ type: S.Type, seconds: Double, workers: Int) throws -> [Record] {
    let shape = Shape(T: 50, B: 32, I: 64, H: 128)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func step(
        _ name: String, shape: Shape = shape, base: Int = 0, layers: Int = 1,
        directions: Directions = .forward
    ) throws -> Cost {
        let workload = try Workload<S>(shape, layers: layers, directions: directions)
        return Cost(
            name: name, base: base,
            operations: shape.relativeOperations(layers: layers, directions: directions.count),
            run: workload.trainer(workers: workers))
    }
    func trainer(_ data: SequenceDataSet<S>, folder: String? = nil) throws -> TrainerRun<S> {
        try TrainerRun(shape, data, workers: workers, folder: folder)
    }
    let (few, many) = (try dataSet(shape, S.self, batches: 8), try dataSet(shape, S.self, batches: 100))
    var costs = [
        try step("bare step"),
        Cost(name: "trainer's step", run: try trainer(few).step),
        Cost(name: "trainer's step, data beyond the caches", run: try trainer(many).step),
        try step("2 layers", layers: 2), try step("3 layers", layers: 3),
        try step("bidirectional", directions: .bidirectional),
        try step("2 layers, bidirectional", layers: 2, directions: .bidirectional),
    ]
    // Layers that are alike: a further one reads as many numbers as the first.
    let alike = (shape: Shape(T: 50, B: 32, I: 128, H: 128), base: costs.count)
    costs += try (1...3).map { layers in
        try step(
            layers == 1 ? "bare step, I = H" : "\(layers) layers, I = H", shape: alike.shape,
            base: alike.base,
            layers: layers)
    }
    let plain = costs.count
    costs.append(Cost(name: "trainer, 100 steps", base: plain, run: try trainer(many).hundredSteps))
    costs.append(
        Cost(
            name: "trainer, 100 steps and a checkpoint", base: plain,
            run: try trainer(many, folder: folder).hundredSteps))
    for _ in 0..<20 {
        for index in costs.indices {
            let timing = try Timing(seconds: seconds / 20, costs[index].run)
            costs[index].rounds.append(timing.min)
            costs[index].timing = timing.merged(with: costs[index].timing)
        }
    }
    return costs.compactMap { cost in
        guard let timing = cost.timing else { return nil }
        let base = costs[cost.base]
        let ratios = zip(cost.rounds, base.rounds).map { $0 / $1 }.sorted()
        print(
            "\(S.typeName) \(shape), \(cost.name): \(format(timing.min, 3)) ms, \(format(ratios[ratios.count / 2], 3)) times the \(base.name), \(format(cost.operations / base.operations, 2)) times its operations"
        )
        return Record(cost.name, shape, S.self, timing, gflops: 0, workers: workers)
    }
}

extension Shape {
    /// The operations of a training step of so many layers, relative to one forward layer: each cell's products are
    /// made three times, but for the gradient of the first layer's inputs.
    fileprivate func relativeOperations(layers: Int, directions: Int) -> Double {
        func operations(_ layers: Int, _ directions: Int) -> Int {
            let first = directions * H * (2 * I + 3 * H)
            let further = directions * H * (3 * directions * H + 3 * H)
            return first + (layers - 1) * further + 3 * directions * H * O
        }
        return Double(operations(layers, directions)) / Double(operations(1, 1))
    }
}

/// So many batches of a shape.
private func dataSet<S: Scalar>(
    _ shape: Shape, _ type: S.Type, batches: Int
) throws -> SequenceDataSet<S> {
    var generator = RandomGenerator(seed: 1)
    func rows(_ width: Int) -> [[[S]]] {
        (0..<batches * shape.B).map { _ in
            (0..<shape.T).map { _ in (0..<width).map { _ in S(generator.uniform(within: 1)) } }
        }
    }
    return try SequenceDataSet(rows(shape.I), targets: .everyStep(rows(shape.O)))
}

/// A trainer that goes over a data set again and again.
private final class TrainerRun<S: Scalar> {
    private let trainer: Trainer<S>

    init(_ shape: Shape, _ data: SequenceDataSet<S>, workers: Int, folder: String?) throws {
        var generator = RandomGenerator(seed: 1)
        var settings = TrainingSettings(loss: .halfSquaredError, learningRate: 1e-6, epochs: 1_000_000)
        (settings.batchSize, settings.reduction, settings.rule) = (shape.B, .sum, .sgd())
        let configuration = NetworkConfiguration(
            inputWidth: shape.I, stateWidth: shape.H, outputWidth: shape.O)
        let network = RecurrentNetwork<S>(configuration, using: &generator)
        trainer = try Trainer(
            network, on: .sequences(data), settings, checkpoints: folder.map { try CheckpointFolder($0) },
            workers: workers)
    }

    func step() throws {
        while let event = try trainer.next() { if case .step = event { return } }
    }

    func hundredSteps() throws { for _ in 0..<100 { try step() } }
}
