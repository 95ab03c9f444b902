import Foundation
import RecurrentLinearAlgebra
import Recurrent

/// Small trainings that use everything a trainer has, for the tests of its promises.
struct Training: CustomStringConvertible, Codable, Sendable {
    var name: String
    var precisionIsFloat = false

    var description: String { name }

    static let all = [
        Training(name: "ragged"), Training(name: "dropout and noise"), Training(name: "accumulation"),
        Training(name: "streams"), Training(name: "overlapping streams"), Training(name: "tokens"),
        Training(name: "ragged", precisionIsFloat: true),
    ]

    func settings() -> TrainingSettings {
        let loss: Loss = ["tokens", "streams"].contains(name) ? .crossEntropy : .halfSquaredError
        var settings = TrainingSettings(loss: loss, learningRate: 0.01, epochs: 4)
        settings.batchSize = 4
        settings.checkpointEvery = 3
        settings.seed = 5
        switch name {
        case "ragged":
            settings.schedule = .warmUp(steps: 3, .cosine(0.02, steps: 15))
            settings.clipping = .value(0.05)
        case "dropout and noise":
            settings.inputNoise = 0.1
            settings.rule = .rmsProp(momentum: 0.5)
            settings.plateau = ReduceOnPlateau(learningRate: 0.1, factor: 0.5, patience: 0)
        case "accumulation":
            settings.accumulation = 2
            settings.rule = .sgd(momentum: 0.9, nesterov: true)
            settings.clipping = .timestep(0.01)
        default:
            settings.rule = .adamW()
        }
        return settings
    }

    private func rows(_ count: Int, _ width: Int, _ generator: inout RandomGenerator) -> [[Double]] {
        (0..<count).map { _ in (0..<width).map { _ in generator.uniform(within: 1) } }
    }

    func data<S: Scalar>(_ type: S.Type, seed: UInt64 = 1) throws -> TrainingData<S> {
        var generator = RandomGenerator(seed: seed)
        let lengths = (0..<22).map { _ in 1 + generator.index(below: 9) }
        func values(_ rows: [[Double]]) -> [[S]] { rows.map { $0.map { S($0) } } }
        switch name {
        case "streams":
            let tokens = (0..<150).map { _ in generator.index(below: 5) }
            return .streams(
                try StreamDataSet(tokens: tokens, vocabulary: 5, streams: 3), TruncatedWindow(advance: 7))
        case "overlapping streams":
            return .streams(
                try StreamDataSet(
                    inputs: values(rows(100, 3, &generator)), targets: values(rows(100, 2, &generator)),
                    streams: 3), TruncatedWindow(advance: 4, reach: 10))
        case "tokens":
            let tokens = lengths.map { (0..<$0).map { _ in generator.index(below: 5) } }
            let classes = lengths.map { _ in generator.index(below: 5) }
            return .sequences(
                try SequenceDataSet(tokens: tokens, vocabulary: 5, targets: .classPerSequence(classes)))
        default:
            let inputs = lengths.map { values(rows($0, 3, &generator)) }
            let targets = lengths.map { values(rows($0, 2, &generator)) }
            return .sequences(try SequenceDataSet(inputs, targets: .everyStep(targets)))
        }
    }

    func network<S: Scalar>(_ type: S.Type) -> RecurrentNetwork<S> {
        var generator = RandomGenerator(seed: 9)
        let configuration =
            switch name {
            case "streams":
                NetworkConfiguration(
                    inputWidth: 5, stateWidth: 6, outputWidth: 5, layers: 2, output: .softmax)
            case "tokens":
                NetworkConfiguration(
                    inputWidth: 5, stateWidth: 6, outputWidth: 5, output: .softmax,
                    directions: .bidirectional, embeddingWidth: 3, readOut: .meanOverSteps)
            case "dropout and noise":
                NetworkConfiguration(
                    inputWidth: 3, stateWidth: 6, outputWidth: 2, layers: 2, dropout: 0.3, stateDropout: 0.2,
                    learnsInitialState: true)
            default:
                NetworkConfiguration(inputWidth: 3, stateWidth: 6, outputWidth: 2)
            }
        return RecurrentNetwork(configuration, using: &generator)
    }

    /// A trainer, with checkpoints if there is a folder.
    func trainer<S: Scalar>(
        _ type: S.Type, folder: String? = nil, workers: Int = 1,
        change: (inout TrainingSettings) -> Void = { _ in }
    ) throws -> Trainer<S> {
        var settings = settings()
        change(&settings)
        return try Trainer(
            network(S.self), on: data(S.self), settings, validation: data(S.self, seed: 2),
            checkpoints: folder.map { try CheckpointFolder($0) }, workers: workers)
    }

    /// The bytes of everything that a training leaves.
    func result<S: Scalar>(_ trainer: Trainer<S>) -> [UInt8] {
        let numbers = trainer.network.parameters.elements + trainer.bestNetwork.parameters.elements
        return unsafe numbers.withUnsafeBytes { unsafe Array($0) }
    }
}
