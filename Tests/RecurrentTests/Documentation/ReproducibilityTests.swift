import Foundation
import RecurrentLinearAlgebra
import Recurrent
import TestSupport
import Testing

/// The examples of Reproducibility.md.
@Suite struct ReproducibilityTests {
    @Test func theSameResultComesAgain() throws {
        try Fixtures.withTemporaryFolder { folder in
            var draws = RandomGenerator(seed: 6)
            // Large enough for the workers to share.
            let rows = (0..<40).map { _ in (0..<12).map { _ in [draws.uniform()] } }
            let data = try SequenceDataSet<Double>(rows, targets: .everyStep(rows))
            let network = RecurrentNetwork<Double>(
                NetworkConfiguration(inputWidth: 1, stateWidth: 20, outputWidth: 1), using: &draws)
            var settings = TrainingSettings(loss: .meanSquaredError, learningRate: 0.01, epochs: 3)
            settings.batchSize = 20

            let alone = try Trainer(network, on: .sequences(data), settings, workers: 1)
            try alone.run()
            let together = try Trainer(network, on: .sequences(data), settings, workers: 3)
            try together.run()
            print(alone.network == together.network)  // true
            #expect(alone.network == together.network)

            var generator = RandomGenerator(seed: 42)
            _ = generator.normal()
            let saved = generator.state  // four words
            var again = RandomGenerator(state: saved)!
            print(again.next() == generator.next())  // true
            #expect(again == generator)

            print(BLASLibrary.configuration ?? "unknown", BLASLibrary.kernel ?? "unknown")
            print(VectorUnit.name)

            settings.checkpointEvery = 2
            let checkpoints = try CheckpointFolder(folder)
            let interrupted = try Trainer(network, on: .sequences(data), settings, checkpoints: checkpoints)
            while let event = try interrupted.next() {
                if case .checkpoint(path: _, step: 4) = event { break }  // for example, the power fails here
            }

            let resumed = try Trainer(network, on: .sequences(data), settings, checkpoints: checkpoints)
            print(try resumed.resume()!)  // 4, the steps that are done
            try resumed.run()
            #expect(interrupted.step == 4 && resumed.step == 6 && resumed.network == alone.network)

            print(alone.network.safetensors().data == together.network.safetensors().data)  // true
            #expect(alone.network.safetensors().data == together.network.safetensors().data)
        }
    }
}
