import Foundation
import RecurrentLinearAlgebra
import Recurrent

/// Measures what a trainer, its checkpoints, deeper networks and both directions cost compared with the bare training
/// step of a single forward layer. All are timed in turn, in short rounds, and a ratio is the median over the rounds, so
/// a machine that slows down for a while does not change it.
func timeTrainingCosts<S: Scalar>(
    _ type: S.Type, _ cell: CellKind, seconds: Double, workers: Int
) throws -> [Record] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var costs = try TrainingCosts<S>(cell, workers: workers, checkpoints: folder)
    try costs.measure(seconds: seconds)
    return costs.report()
}

private struct TrainingCosts<S: Scalar> {
    /// A workload, and the one it is compared with.
    private struct Entry {
        let name: String
        /// The index of the workload it is compared with.
        let base: Int
        /// The operations, in units of those of the bare step.
        let operations: Double
        let run: () throws -> Void
        var timing: Timing?
        /// The least time of each round.
        var rounds: [Double] = []
    }

    private let shape: Shape
    private let workers: Int
    private var entries: [Entry] = []

    init(_ cell: CellKind, workers: Int, checkpoints folder: String) throws {
        shape = Shape(T: 50, B: 32, I: 64, H: 128, cell: cell)
        self.workers = workers
        let data = try randomData(shape, S.self, batches: 100)
        try addStep("bare step", shape)
        try addTrainers(data)
        for layers in 2...3 { try addStep("\(layers) layers", shape, layers: layers) }
        try addStep("bidirectional", shape, directions: .bidirectional)
        try addStep("2 layers, bidirectional", shape, layers: 2, directions: .bidirectional)
        // Equal layers: each reads as many numbers as the first.
        let (alike, base) = (Shape(T: 50, B: 32, I: 128, H: 128, cell: cell), entries.count)
        try addStep("bare step, I = H", alike, base: base)
        for layers in 2...3 { try addStep("\(layers) layers, I = H", alike, base: base, layers: layers) }
        try addHundredSteps(data, folder)
    }

    private mutating func add(
        _ name: String, base: Int = 0, operations: Double = 1, _ run: @escaping () throws -> Void
    ) {
        entries.append(Entry(name: name, base: base, operations: operations, run: run))
    }

    private mutating func addStep(
        _ name: String, _ shape: Shape, base: Int = 0, layers: Int = 1, directions: Directions = .forward
    ) throws {
        let workload = try Workload<S>(shape, layers: layers, directions: directions)
        let operations = shape.relativeOperations(layers: layers, directions: directions.count)
        add(name, base: base, operations: operations, workload.trainingStep(workers: workers))
    }

    private mutating func addTrainers(_ data: SequenceDataSet<S>) throws {
        let cached = try TrainerRun(shape, randomData(shape, S.self, batches: 8), workers: workers)
        let uncached = try TrainerRun(shape, data, workers: workers)
        add("trainer's step", cached.step)
        add("trainer's step, data beyond the caches", uncached.step)
    }

    private mutating func addHundredSteps(_ data: SequenceDataSet<S>, _ folder: String) throws {
        let base = entries.count
        let plain = try TrainerRun(shape, data, workers: workers)
        let checkpointed = try TrainerRun(shape, data, workers: workers, folder: folder)
        add("trainer, 100 steps", base: base, plain.hundredSteps)
        add("trainer, 100 steps and a checkpoint", base: base, checkpointed.hundredSteps)
    }

    mutating func measure(seconds: Double) throws {
        for _ in 0..<20 {
            for index in entries.indices {
                let timing = try Timing(seconds: seconds / 20, entries[index].run)
                entries[index].rounds.append(timing.min)
                entries[index].timing = timing.merged(with: entries[index].timing)
            }
        }
    }

    /// Prints a line for each workload.
    func report() -> [Record] {
        entries.compactMap { entry in
            guard let timing = entry.timing else { return nil }
            let base = entries[entry.base]
            let ratios = zip(entry.rounds, base.rounds).map { $0 / $1 }.sorted()
            print(
                "\(S.typeName) \(shape.cell) \(shape), \(entry.name): \(format(timing.min, 3)) ms, \(format(ratios[ratios.count / 2], 3)) times the \(base.name), \(format(entry.operations / base.operations, 2)) times its operations"
            )
            return Record(entry.name, shape, S.self, timing, gflops: 0, workers: workers)
        }
    }
}

extension Shape {
    /// The operations of a training step of several layers, relative to one forward layer. There are three products for
    /// each weight of a cell, less the gradient of the first layer's inputs.
    fileprivate func relativeOperations(layers: Int, directions: Int) -> Double {
        func operations(_ layers: Int, _ directions: Int) -> Int {
            let first = directions * gateWidth * (2 * I + 3 * H)
            let further = directions * gateWidth * (3 * directions * H + 3 * H)
            return first + (layers - 1) * further + 3 * directions * H * O
        }
        return Double(operations(layers, directions)) / Double(operations(1, 1))
    }
}

/// Random data for a number of batches.
private func randomData<S: Scalar>(
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
