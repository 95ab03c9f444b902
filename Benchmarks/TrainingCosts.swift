import Foundation
import LinearAlgebra
import Recurrent

/// A workload and the one that it is compared with.
private struct Cost {
    let name: String
    let base: Int
    let run: () throws -> Void
    var best: Timing?
}

/// What a trainer, its checkpoints, deeper networks and both directions cost beside the bare training step of a
/// single forward layer. All are timed in turn, round after round, so that a machine that slows down slows all.
func timeTrainingCosts<S: Scalar>(_ type: S.Type, seconds: Double, workers: Int) throws -> [Record] {
    let shape = Shape(T: 50, B: 32, I: 64, H: 128)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func step(layers: Int = 1, _ directions: Directions = .forward) throws -> () throws -> Void {
        try Workload<S>(shape, layers: layers, directions: directions).trainer(workers: workers)
    }
    var contenders: [Cost] = [
        Cost(name: "bare step", base: 0, run: try step()),
        Cost(name: "trainer's step", base: 0, run: try TrainerRun<S>(shape, workers: workers).step),
        Cost(name: "2 layers", base: 0, run: try step(layers: 2)),
        Cost(name: "3 layers", base: 0, run: try step(layers: 3)),
        Cost(name: "bidirectional", base: 0, run: try step(.bidirectional)),
        Cost(name: "2 layers, bidirectional", base: 0, run: try step(layers: 2, .bidirectional)),
        Cost(
            name: "trainer, 100 steps", base: 6, run: try TrainerRun<S>(shape, workers: workers).hundredSteps),
        Cost(
            name: "trainer, 100 steps and a checkpoint", base: 6,
            run: try TrainerRun<S>(shape, workers: workers, folder: folder).hundredSteps),
    ]
    let rounds = 20
    for _ in 0..<rounds {
        for index in contenders.indices {
            contenders[index].best = try Timing(seconds: seconds / Double(rounds), contenders[index].run)
                .merged(with: contenders[index].best)
        }
    }
    return contenders.compactMap { contender in
        guard let timing = contender.best, let base = contenders[contender.base].best else { return nil }
        print(
            "\(S.typeName) \(shape), \(contender.name): \(format(timing.min, 3)) ms, \(format(timing.min / base.min, 3)) times the \(contenders[contender.base].name)"
        )
        return Record(contender.name, shape, S.self, timing, gflops: 0, workers: workers)
    }
}

/// A trainer over a hundred batches of a shape, again and again.
private final class TrainerRun<S: Scalar> {
    private let trainer: Trainer<S>

    init(_ shape: Shape, workers: Int, folder: String? = nil) throws {
        var generator = RandomGenerator(seed: 1)
        func rows(_ width: Int) -> [[[S]]] {
            (0..<100 * shape.B).map { _ in
                (0..<shape.T).map { _ in (0..<width).map { _ in S(generator.uniform(within: 1)) } }
            }
        }
        let data = try SequenceDataSet(rows(shape.I), targets: .everyStep(rows(shape.O)))
        var settings = TrainingSettings(loss: .halfSquaredError, learningRate: 1e-6, epochs: 1_000_000)
        (settings.batchSize, settings.reduction, settings.rule) = (shape.B, .sum, .sgd())
        let configuration = ElmanConfiguration(
            inputWidth: shape.I, stateWidth: shape.H, outputWidth: shape.O)
        let network = ElmanNetwork<S>(configuration, using: &generator)
        trainer = try Trainer(
            network, on: .sequences(data), settings, checkpoints: folder.map { try CheckpointFolder($0) },
            workers: workers)
    }

    func step() throws {
        while let event = try trainer.next() { if case .step = event { return } }
    }

    func hundredSteps() throws { for _ in 0..<100 { try step() } }
}
