import RecurrentLinearAlgebra
import Recurrent

/// A trainer that never ends: it goes over a data set again and again.
final class TrainerRun<S: Scalar> {
    private let trainer: Trainer<S>

    init(_ shape: Shape, _ data: SequenceDataSet<S>, workers: Int, folder: String? = nil) throws {
        var generator = RandomGenerator(seed: 1)
        var settings = TrainingSettings(loss: .halfSquaredError, learningRate: 1e-6, epochs: 1_000_000)
        (settings.batchSize, settings.reduction, settings.rule) = (shape.B, .sum, .sgd())
        let configuration = NetworkConfiguration(
            inputWidth: shape.I, stateWidth: shape.H, outputWidth: shape.O,
            cell: shape.cell.equations)
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
