import Recurrent
import TestSupport
import Testing

/// The networks in checkpoints.
@Suite struct CheckpointNetworkTests {
    private func withTraining(_ body: (_ trainer: Trainer<Double>, _ folder: String) throws -> Void) throws {
        try Fixtures.withTemporaryFolder { folder in
            // At this rate the best epoch on the validation data is not the last.
            let trainer = try SampleTraining.ragged.trainer(Double.self, folder: folder) {
                ($0.schedule, $0.epochs, $0.checkpointEvery) = (.constant(0.1), 40, 4)
            }
            try body(trainer, folder)
        }
    }

    @Test func aNetworkIsReadInOneCallWhileTheTrainingGoesOn() throws {
        try withTraining { trainer, folder in
            var read = 0
            try trainer.run { event in
                guard case .checkpoint(let path, _) = event else { return }
                #expect(try RecurrentNetwork(checkpoint: path) == trainer.bestNetwork)
                #expect(try RecurrentNetwork(checkpoint: path, .current) == trainer.network)
                #expect(try RecurrentNetwork(checkpoint: folder, .current) == trainer.network)
                let single = try RecurrentNetwork<Float>(checkpoint: path)
                #expect(single == trainer.bestNetwork.converted(to: Float.self))
                read += 1
            }
            #expect(read > 5 && trainer.bestNetwork != trainer.network)
        }
    }

    @Test func aCheckpointReadAsAModelIsCalledOne() throws {
        try withTraining { trainer, folder in
            var path = ""
            while path.isEmpty { if case .checkpoint(let new, _) = try trainer.next() { path = new } }
            let error = #expect(throws: FileError.self) { try RecurrentNetwork<Double>(contentsOf: path) }
            #expect(error?.problem.hasPrefix("this is a checkpoint") == true)
            #expect(error?.problem.contains("RecurrentNetwork(checkpoint:)") == true)
            let whole = #expect(throws: FileError.self) { try RecurrentNetwork<Double>(contentsOf: folder) }
            #expect(whole?.problem.hasPrefix("this is a folder; give a file, such as checkpoint-") == true)
        }
    }

    @Test func aModelReadAsACheckpointIsCalledOne() throws {
        try Fixtures.withTemporaryFolder { folder in
            let path = "\(folder)/checkpoint-00000000-000000000099.safetensors"
            try SampleTraining.ragged.network(Double.self).write(to: path)
            for given in [path, folder] {
                let error = #expect(throws: FileError.self) {
                    try RecurrentNetwork<Double>(checkpoint: given)
                }
                #expect(error?.path == path && error?.problem.hasPrefix("this is not a checkpoint") == true)
            }
            let trainer = try SampleTraining.ragged.trainer(Double.self, folder: folder)
            #expect(try trainer.resume() == nil)
            guard case .warning(.damagedCheckpoint(let error)) = try trainer.next() else {
                Issue.record("no warning")
                return
            }
            #expect(error.problem.contains("read it with RecurrentNetwork(contentsOf:)"))
        }
    }

    @Test func aFolderWithoutCheckpointsHasNoNetwork() throws {
        try Fixtures.withTemporaryFolder { folder in
            let error = #expect(throws: FileError.self) { try RecurrentNetwork<Double>(checkpoint: folder) }
            #expect(error?.problem == "there is no checkpoint in this folder")
        }
    }
}
