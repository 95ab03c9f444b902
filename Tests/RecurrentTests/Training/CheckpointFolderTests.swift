import Foundation
import Recurrent
import TestSupport
import Testing

/// A folder of checkpoints belongs to one run, and to one object at a time.
@Suite struct CheckpointFolderTests {
    private func trainer(
        _ checkpoints: CheckpointFolder, change: (inout TrainingSettings) -> Void = { _ in }
    ) throws -> Trainer<Double> {
        let training = SampleTraining.ragged
        var settings = training.settings()
        change(&settings)
        return try Trainer(
            training.network(Double.self), on: training.data(Double.self), settings,
            checkpoints: checkpoints)
    }

    private func checkpoints(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0 != "lock" }.sorted()
    }

    private func steps(of names: [String]) -> [Int] {
        names.compactMap { name in name.split(separator: "-").last.flatMap { Int($0.prefix(12)) } }.sorted()
    }

    private func error<E: Error & CustomStringConvertible>(
        _ type: E.Type, _ body: () throws -> Void
    ) throws -> String {
        try #require(throws: E.self, performing: body).description
    }

    @Test func aRunDoesNotBeginWhereAnotherHasLeftCheckpoints() throws {
        try Fixtures.withTemporaryFolder { folder in
            let checkpoints = try CheckpointFolder(folder)
            try trainer(checkpoints).run()
            let before = try self.checkpoints(in: folder)
            let second = try trainer(checkpoints) { $0.seed = 8 }
            let message = try error(TrainerError.self) { try second.run() }
            #expect(
                message.hasPrefix("\(folder): the folder holds 3 checkpoints of an earlier run, of step 24"))
            for remedy in ["call resume()", "give another folder", "removeCheckpoints()"] {
                #expect(message.contains(remedy))
            }
            #expect(try second.step == 0 && self.checkpoints(in: folder) == before)
            #expect(try trainer(checkpoints).resume() == 24)
        }
    }

    @Test func aFolderThatWasClearedTakesANewRun() throws {
        try Fixtures.withTemporaryFolder { folder in
            let checkpoints = try CheckpointFolder(folder)
            try trainer(checkpoints).run()
            try "mine".write(toFile: "\(folder)/checkpoint-notes.txt", atomically: true, encoding: .utf8)
            try checkpoints.removeCheckpoints()
            #expect(try self.checkpoints(in: folder) == ["checkpoint-notes.txt"])
            let second = try trainer(checkpoints) { $0.seed = 8 }
            while second.step < 7 { _ = try second.next() }
            #expect(try trainer(checkpoints) { $0.seed = 8 }.resume() == 6)
        }
    }

    /// A folder of checkpoints with higher numbers, brought in while the run is under way.
    private func withForeignCheckpoints(_ body: (_ folder: String, _ bring: () throws -> Void) throws -> Void)
        throws
    {
        try Fixtures.withTemporaryFolder { other in
            try trainer(CheckpointFolder(other)) { $0.epochs = 8 }.run()
            try Fixtures.withTemporaryFolder { folder in
                try body(folder) {
                    for name in try checkpoints(in: other) {
                        try FileManager.default.copyItem(
                            atPath: "\(other)/\(name)", toPath: "\(folder)/\(name)")
                    }
                }
            }
        }
    }

    @Test func aRunRemovesItsOwnCheckpointsOnly() throws {
        try withForeignCheckpoints { folder, bring in
            let trainer = try trainer(CheckpointFolder(folder, keep: 2))
            while trainer.step < 4 { _ = try trainer.next() }
            try bring()
            try trainer.run()
            #expect(steps(of: try checkpoints(in: folder)) == [21, 24, 42, 45, 48])
        }
    }

    @Test func goingBackLeadsToTheRunsOwnCheckpoint() throws {
        try withForeignCheckpoints { folder, bring in
            // One target is so large that the fifth step overflows.
            var settings = TrainingSettings(loss: .squaredError, learningRate: 0.1, epochs: 3)
            (settings.batchSize, settings.shuffles, settings.onNonFinite) = (1, false, .goBack())
            settings.checkpointEvery = 3
            let targets = [0.5, 0.5, 0.5, 0.5, -1e200].map { [[$0, $0]] }
            let data = try SequenceDataSet<Double>(
                targets.map { _ in [[1, 2, 3]] }, targets: .everyStep(targets))
            let trainer = try Trainer(
                SampleTraining.ragged.network(Double.self), on: .sequences(data), settings,
                checkpoints: CheckpointFolder(folder))
            while trainer.step < 4 { _ = try trainer.next() }
            try bring()
            var wentBackTo: Int?
            while wentBackTo == nil, let event = try trainer.next() {
                if case .warning(.wentBack(5, let step, _, _)) = event { wentBackTo = step }
            }
            #expect(wentBackTo == 3 && trainer.step == 3)
        }
    }

    @Test func theCheckpointsOfEqualRunsAreEqualByteForByte() throws {
        try Fixtures.withTemporaryFolder { folder in
            let bytes = try ["first", "second"].map { name in
                let path = "\(folder)/\(name)"
                try trainer(CheckpointFolder(path)).run()
                return try checkpoints(in: path).map {
                    try Data(contentsOf: URL(fileURLWithPath: "\(path)/\($0)"))
                }
            }
            #expect(bytes[0] == bytes[1] && bytes[0].count == 3)
        }
    }

    @Test func aProcessThatHoldsTheFolderItselfIsToldSo() throws {
        try Fixtures.withTemporaryFolder { folder in
            let first = try CheckpointFolder(folder)
            for path in [folder, folder + "/../" + URL(fileURLWithPath: folder).lastPathComponent] {
                let message = try error(FileError.self) { _ = try CheckpointFolder(path) }
                #expect(message.contains("this process has the folder open already"), "\(message)")
                #expect(message.contains("close() it first"))
            }
            #expect(first.path == folder)
        }
    }

    @Test func aClosedFolderCanBeOpenedAgainAndWritesNothing() throws {
        try Fixtures.withTemporaryFolder { folder in
            let first = try CheckpointFolder(folder)
            let trainer = try trainer(first)
            while trainer.step < 4 { _ = try trainer.next() }
            first.close()
            first.close()
            let second = try CheckpointFolder(folder)
            let message = try error(TrainerError.self) { try trainer.run() }
            #expect(message == "\(folder): the folder of checkpoints has been closed; open it again")
            #expect(throws: FileError.self) { try first.removeCheckpoints() }
            #expect(try self.trainer(second).resume() == 3)
        }
    }

    @Test func anotherProcessThatHoldsTheFolderIsNamedAsOne() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let checkpoints = try CheckpointFolder(folder)
        await #expect(processExitsWith: .success) { [folder = folder as String] in
            do {
                _ = try CheckpointFolder(folder)
                exit(1)
            } catch {
                precondition("\(error)".contains("another process trains into this folder"))
                exit(0)
            }
        }
        checkpoints.close()
        await #expect(processExitsWith: .success) { [folder = folder as String] in
            _ = try CheckpointFolder(folder)
            exit(0)
        }
    }
}
