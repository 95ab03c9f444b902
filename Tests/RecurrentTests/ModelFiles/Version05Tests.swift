import Foundation
import Recurrent
import SampleProblems
import TestSupport
import Testing

/// Files that version 0.5.0 wrote; see Tests/Fixtures/Version0.5/README.md.
@Suite struct Version05Tests {
    private static let folder = Fixtures.folder.appendingPathComponent("Version0.5")

    private static func network(_ name: String) throws -> RecurrentNetwork<Double> {
        try RecurrentNetwork(contentsOf: folder.appendingPathComponent("\(name).safetensors").path)
    }

    private struct Outputs: Decodable {
        let X: [[[Double]]]
        let Y: [[Double]]
    }

    @Test func aModelFileIsReadAndHasTheOutputsOfThen() throws {
        let network = try Self.network("model")
        let configuration = NetworkConfiguration(
            inputWidth: 3,
            layers: [
                RecurrentLayer(.elman(.relu), stateWidth: 4, directions: .bidirectional),
                RecurrentLayer(stateWidth: 3, bias: false),
                RecurrentLayer(.elman(.sigmoid), stateWidth: 2, directions: .bidirectionalSum),
                RecurrentLayer(.elman(.identity), stateWidth: 3, recurrent: false),
            ], outputWidth: 3, output: .softmax, readOut: .lastStep, dropout: 0.25, stateDropout: 0.125,
            learnsInitialState: true)
        #expect(network.configuration == configuration)
        let data = try Data(contentsOf: Self.folder.appendingPathComponent("outputs.json"))
        let recorded = try JSONDecoder().decode(Outputs.self, from: data)
        let outputs = try network.forward(SequenceBatch(recorded.X)).outputs
        #expect(deviation(outputs, Matrix(recorded.Y)) <= Tolerance.naive)
    }

    @Test func aModelIsWrittenWithTheKeysOfToday() throws {
        let path = Self.folder.appendingPathComponent("model.safetensors").path
        let old = try Safetensors(contentsOf: path).metadata
        let network = try Self.network("model")
        let metadata = network.safetensors().metadata
        #expect(metadata["network.cell"] == "elman")
        #expect(metadata["network.activation"] == "relu,tanh,sigmoid,identity")
        #expect(metadata.keys.allSatisfy { !$0.hasPrefix("elman.") })
        // A key of today goes before an old one that a program has copied from elsewhere.
        var both = network.safetensors(metadata: old)
        both.metadata["elman.activation"] = "tanh"
        #expect(try RecurrentNetwork<Double>(both) == network)
    }

    /// The trainings that were interrupted after ten of sixteen steps.
    enum Interrupted: String, CaseIterable {
        case sequences, streams

        private func value(_ kind: Int, _ row: Int, _ column: Int) -> Double {
            let hash = 31 * kind + 7 * row + 5 * column + 3 * row * column
            return Double(hash % 17 - 8) / 8
        }

        private func rows(_ kind: Int, from first: Int, _ count: Int) -> [[Double]] {
            (first..<first + count).map { row in [value(kind, row, 0), value(kind, row, 1)] }
        }

        private var configuration: NetworkConfiguration {
            NetworkConfiguration(
                inputWidth: 2, stateWidth: 3, outputWidth: 2, layers: self == .sequences ? 2 : 1,
                dropout: 0.3, stateDropout: 0.2)
        }

        private func data() throws -> TrainingData<Double> {
            switch self {
            case .sequences:
                var (first, inputs, targets) = (0, [[[Double]]](), [[[Double]]]())
                for length in [4, 2, 6, 3, 5, 4, 2, 3] {
                    inputs.append(rows(2, from: first, length))
                    targets.append(rows(3, from: first, length))
                    first += length
                }
                return .sequences(try SequenceDataSet(inputs, targets: .everyStep(targets)))
            case .streams:
                let streams = try StreamDataSet(
                    inputs: rows(2, from: 0, 48), targets: rows(3, from: 0, 48), streams: 2)
                return .streams(streams, TruncatedWindow(advance: 6, reach: 9))
            }
        }

        func trainer(
            in folder: String, change: (inout TrainingSettings) -> Void = { _ in }
        ) throws -> Trainer<Double> {
            var settings = TrainingSettings(loss: .halfSquaredError, learningRate: 0.05, epochs: 4)
            settings.rule = .sgd(momentum: 0.9)
            settings.batchSize = 2
            settings.checkpointEvery = 1
            settings.seed = 5
            switch self {
            case .sequences: settings.lossSteps = .afterBurnIn(1)
            case .streams:
                settings.plateau = ReduceOnPlateau(learningRate: 0.05, factor: 0.5, patience: 0)
            }
            change(&settings)
            var generator = RandomGenerator(seed: 1)
            return try Trainer(
                RecurrentNetwork(configuration, using: &generator), on: data(), settings,
                checkpoints: CheckpointFolder(folder))
        }

        /// A copy of the folder with the checkpoint.
        func copyCheckpoint(to folder: String) throws {
            let original = Version05Tests.folder.appendingPathComponent(rawValue).path
            try FileManager.default.removeItem(atPath: folder)
            try FileManager.default.copyItem(atPath: original, toPath: folder)
        }
    }

    @Test(arguments: Interrupted.allCases)
    func aTrainingGoesOnFromItsCheckpointToTheEndOfThen(training: Interrupted) throws {
        try Fixtures.withTemporaryFolder { folder in
            try training.copyCheckpoint(to: folder)
            let trainer = try training.trainer(in: folder)
            #expect(try trainer.resume() == 10)
            try trainer.run()
            #expect(trainer.step == 16)
            let (found, recorded) = (
                trainer.network.parameters, try Self.network("\(training)-end").parameters
            )
            #expect(deviation(Matrix([found.elements]), Matrix([recorded.elements])) <= Tolerance.run)
        }
    }

    @Test func itsSettingsAreCompared() throws {
        try Fixtures.withTemporaryFolder { folder in
            try Interrupted.sequences.copyCheckpoint(to: folder)
            let error = try #require(throws: TrainerError.self) {
                _ = try Interrupted.sequences.trainer(in: folder) { $0.lossSteps = .every }.resume()
            }
            let words = "settings.lossSteps is {\"afterBurnIn\":{\"_0\":1}} there and {\"every\":{}} here"
            #expect("\(error)".contains(words), "\(error)")
        }
    }

    /// The other of the two settings that `lossSteps` replaced.
    @Test func aLossOnTheLastStepOnlyIsRead() throws {
        func trainer(_ folder: String, _ steps: LossSteps) throws -> Trainer<Double> {
            try SampleTraining.ragged.trainer(Double.self, folder: folder) { $0.lossSteps = steps }
        }
        try Fixtures.withTemporaryFolder { folder in
            try trainer(folder, .last).run()
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            let path = folder + "/" + (try #require(names.filter { $0 != "lock" }.max()))
            var file = try Safetensors(contentsOf: path)
            #expect(file.metadata.removeValue(forKey: "settings.lossSteps") == "{\"last\":{}}")
            file.metadata["settings.lastStepOnly"] = "true"
            file.metadata["settings.silentSteps"] = "0"
            file.metadata[Safetensors.checksumKey] = file.checksum
            try file.write(to: path)
            #expect(try trainer(folder, .last).resume() == 24)
            #expect(throws: TrainerError.self) { try trainer(folder, .every).resume() }
        }
    }
}
