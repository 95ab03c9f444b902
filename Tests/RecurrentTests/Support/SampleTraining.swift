import Foundation
import RecurrentLinearAlgebra
import Recurrent

/// Small trainings that together use every feature of a trainer.
enum SampleTraining: String, CaseIterable, Codable, Sendable {
    case ragged, dropoutAndNoise, accumulation, averaged, streams, overlappingStreams, tokens, groups

    func settings() -> TrainingSettings {
        var settings = TrainingSettings(
            loss: self == .tokens || self == .streams ? .crossEntropy : .halfSquaredError, learningRate: 0.01,
            epochs: 4)
        settings.batchSize = 4
        settings.checkpointEvery = 3
        settings.seed = 5
        switch self {
        case .ragged:
            settings.schedule = .warmUp(steps: 3, .cosine(0.02, steps: 15))
            settings.clipping = .value(0.05)
        case .dropoutAndNoise:
            settings.inputNoise = 0.1
            settings.rule = .rmsProp(momentum: 0.5)
            settings.plateau = ReduceOnPlateau(learningRate: 0.1, factor: 0.5, patience: 0)
        case .accumulation:
            settings.accumulation = 2
            settings.rule = .sgd(momentum: 0.9, nesterov: true)
            settings.clipping = .timestep(0.01)
        case .averaged:
            settings.averageDecay = 0.9
        case .streams, .overlappingStreams, .tokens:
            settings.rule = .adamW()
        case .groups:
            settings.rule = .adamW()
            settings.groups = [
                ParameterGroup(.biases, weightDecay: 0),
                ParameterGroup(ParameterSelection(gates: [.forget]), rateFactor: 0.1),
                .frozen(ParameterSelection(.inputWeights)), .frozen(.initialStates),
            ]
            settings.judge = .mae
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
        switch self {
        case .streams:
            let tokens = (0..<150).map { _ in generator.index(below: 5) }
            return .streams(
                try StreamDataSet(tokens: tokens, vocabulary: 5, streams: 3), TruncatedWindow(advance: 7))
        case .overlappingStreams:
            return .streams(
                try StreamDataSet(
                    inputs: values(rows(100, 3, &generator)), targets: values(rows(100, 2, &generator)),
                    streams: 3), TruncatedWindow(advance: 4, reach: 10))
        case .tokens:
            let tokens = lengths.map { (0..<$0).map { _ in generator.index(below: 5) } }
            let classes = lengths.map { _ in generator.index(below: 5) }
            return .sequences(
                try SequenceDataSet(tokens: tokens, vocabulary: 5, targets: .classPerSequence(classes)))
        case .ragged, .dropoutAndNoise, .accumulation, .averaged, .groups:
            let inputs = lengths.map { values(rows($0, 3, &generator)) }
            let targets = lengths.map { values(rows($0, 2, &generator)) }
            return .sequences(try SequenceDataSet(inputs, targets: .everyStep(targets)))
        }
    }

    func network<S: Scalar>(_ type: S.Type) -> RecurrentNetwork<S> {
        var generator = RandomGenerator(seed: 9)
        let configuration =
            switch self {
            case .streams:
                NetworkConfiguration(
                    inputWidth: 5, stateWidth: 6, outputWidth: 5, layers: 2, output: .softmax)
            case .tokens:
                NetworkConfiguration(
                    inputWidth: 5, stateWidth: 6, outputWidth: 5, output: .softmax,
                    directions: .bidirectional, embeddingWidth: 3, readOut: .meanOverSteps)
            case .dropoutAndNoise:
                NetworkConfiguration(
                    inputWidth: 3, stateWidth: 6, outputWidth: 2, layers: 2, dropout: 0.3, stateDropout: 0.2,
                    learnsInitialState: true)
            case .groups:
                NetworkConfiguration(
                    inputWidth: 3, stateWidth: 6, outputWidth: 2, cell: .lstm, learnsInitialState: true)
            case .ragged, .accumulation, .averaged, .overlappingStreams:
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

    /// The bytes of the whole result of a training.
    func result<S: Scalar>(_ trainer: Trainer<S>) -> [UInt8] {
        let networks = [trainer.network, trainer.bestNetwork, trainer.averageNetwork]
        let numbers = networks.flatMap(\.parameters.elements)
        return unsafe numbers.withUnsafeBytes { unsafe Array($0) }
    }
}
