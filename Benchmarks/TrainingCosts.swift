import Foundation
import LinearAlgebra
import Recurrent

/// What a trainer, its checkpoints, deeper networks and both directions cost beside the bare training step of a
/// single forward layer. All are timed in turn, round after round, so that a machine that slows down slows all.
func timeTrainingCosts<S: Scalar>(_ type: S.Type, seconds: Double, workers: Int) throws -> [Record] {
    let shape = Shape(T: 50, B: 32, I: 64, H: 128)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func step(layers: Int = 1, _ directions: Directions = .forward) throws -> () throws -> Void {
        try Workload<S>(shape, layers: layers, directions: directions).trainer(workers: workers)
    }
    var contenders: [(name: String, run: () throws -> Void, best: Timing?)] = [
        ("bare step", try step(), nil),
        ("trainer", try TrainerRun<S>(shape, workers: workers).step, nil),
        (
            "trainer, a checkpoint every 100 steps",
            try TrainerRun<S>(shape, workers: workers, folder: folder).hundredSteps, nil
        ),
        ("2 layers", try step(layers: 2), nil), ("3 layers", try step(layers: 3), nil),
        ("bidirectional", try step(.bidirectional), nil),
        ("2 layers, bidirectional", try step(layers: 2, .bidirectional), nil),
    ]
    let rounds = 20
    for _ in 0..<rounds {
        for index in contenders.indices {
            contenders[index].best = try Timing(seconds: seconds / Double(rounds), contenders[index].run)
                .merged(with: contenders[index].best)
        }
    }
    var records: [Record] = []
    let bare = contenders[0].best?.min ?? .nan
    for (name, _, timing) in contenders {
        guard let timing else { continue }
        let steps = name.contains("100 steps") ? 100.0 : 1
        print(
            "\(S.typeName) \(shape), \(name): \(format(timing.min / steps, 3)) ms, \(format(timing.min / steps / bare, 3)) times the bare step"
        )
        records.append(Record(name, shape, S.self, timing, gflops: 0, workers: workers))
    }
    return records
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
