import Foundation
import RecurrentLinearAlgebra
import Recurrent
import TestSupport
import Testing

/// However a training was interrupted, resuming from its last checkpoint leads to exactly the same bytes.
@Suite struct ResumeTests {
    @Test(arguments: SampleTraining.allCases)
    func anInterruptedTrainingEndsAsIfItHadNotBeen(training: SampleTraining) throws {
        try expectSameEnd(training, Double.self)
    }

    @Test func anInterruptedTrainingInFloatEndsAsIfItHadNotBeen() throws {
        try expectSameEnd(.ragged, Float.self)
    }

    private func expectSameEnd<S: Scalar>(_ training: SampleTraining, _ type: S.Type) throws {
        let whole = try training.trainer(S.self)
        var expectedEpochs: [Int: TrainingEpoch] = [:]
        try whole.run { if case .epoch(let epoch) = $0 { expectedEpochs[epoch.epoch] = epoch } }
        let expected = training.result(whole)
        for interval in [1, 4, 7] {
            try Fixtures.withTemporaryFolder { folder in
                // Each attempt is cut off after a while; the last one finds everything done.
                var (isFinished, attempts) = (false, 0)
                var epochs: [Int: TrainingEpoch] = [:]
                while !isFinished {
                    attempts += 1
                    let trainer = try training.trainer(S.self, folder: folder, workers: attempts % 3 + 1)
                    let begun = try trainer.resume()
                    #expect((begun == nil) == (attempts == 1))
                    var steps = 0
                    while let event = try trainer.next() {
                        if case .step = event { steps += 1 }
                        if case .epoch(let epoch) = event { epochs[epoch.epoch] = epoch }
                        if case .finished = event { isFinished = true }
                        if steps == interval + 3 { break }
                    }
                    if isFinished { #expect(training.result(trainer) == expected, "every \(interval)") }
                    try #require(attempts < 100)
                }
                // Who stops listening at an epoch's last step does not hear of its end; the others are the same.
                #expect(attempts > 1)
                for (number, epoch) in epochs { #expect(epoch == expectedEpochs[number]) }
            }
        }
    }

    @Test(arguments: SampleTraining.allCases)
    func theNumberOfWorkersDoesNotMatter(training: SampleTraining) throws {
        let results = try [1, 2, 3, 4, 7].map { workers in
            let trainer = try training.trainer(Double.self, workers: workers)
            try trainer.run()
            return training.result(trainer)
        }
        #expect(results.allSatisfy { $0 == results[0] })
    }

    private static let killedEpochs = 500

    /// The process is killed for real, at moments that nobody has chosen.
    @Test(arguments: [SampleTraining.ragged, .overlappingStreams])
    func aTrainingThatIsKilledTwentyFiveTimesEndsWithTheSameBytes(training: SampleTraining) async throws {
        let whole = try training.trainer(Double.self) { $0.epochs = Self.killedEpochs }
        try whole.run()
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var generator = RandomGenerator(seed: 3)
        for _ in 0..<25 {
            let microseconds = UInt32(generator.index(below: 60_000))
            _ = await #expect(processExitsWith: .signal(SIGKILL)) {
                [
                    training = training as SampleTraining, folder = folder as String,
                    microseconds = microseconds as UInt32
                ] in
                let trainer = try training.trainer(Double.self, folder: folder) {
                    $0.epochs = Self.killedEpochs
                }
                try trainer.resume()
                let killer = Thread {
                    usleep(microseconds)
                    kill(getpid(), SIGKILL)
                }
                killer.start()
                try trainer.run()
                while true { sleep(1) }
            }
        }
        let last = try training.trainer(Double.self, folder: folder) { $0.epochs = Self.killedEpochs }
        let reached = try #require(try last.resume())
        #expect(reached > 25 && reached < whole.step, "the kills came at step \(reached) of \(whole.step)")
        try last.run()
        #expect(training.result(last) == training.result(whole))
    }

    private func error(_ body: () throws -> Void) throws -> String {
        try #require(throws: TrainerError.self, performing: body).description
    }

    @Test func aCheckpointOfAnotherTrainingIsNamed() throws {
        try Fixtures.withTemporaryFolder { folder in
            let ragged = SampleTraining.ragged
            try ragged.trainer(Double.self, folder: folder).run()
            func resume(_ training: SampleTraining, change: (inout TrainingSettings) -> Void = { _ in })
                throws
                -> String
            {
                try error { _ = try training.trainer(Double.self, folder: folder, change: change).resume() }
            }
            #expect(try resume(SampleTraining.overlappingStreams).contains("settings."))
            #expect(
                try resume(SampleTraining.dropoutAndNoise).contains("network.dropout is 0.0 there and 0.3")
            )
            #expect(
                try resume(ragged) { $0.batchSize = 5 }.contains("settings.batchSize is 4 there and 5 here"))
            #expect(try resume(ragged) { $0.seed = 6 }.contains("settings.seed"))
            #expect(
                try resume(ragged) { $0.groups = [ParameterGroup(.biases, weightDecay: 0)] }
                    .contains("settings.groups is [] there"))
            #expect(
                try error { _ = try ragged.trainer(Float.self, folder: folder).resume() }
                    .contains("precision is F64 there and F32 here"))
            let other = try error {
                let training = try Trainer(
                    ragged.network(Double.self), on: ragged.data(Double.self), ragged.settings(),
                    validation: ragged.data(Double.self, seed: 2), checkpoints: CheckpointFolder(folder),
                    history: 3)
                _ = try training.resume()
            }
            #expect(other.contains("settings.history is all there and 3 here"), "\(other)")
            // Settings that do not affect the steps may change: the training may be longer.
            let longer = try ragged.trainer(Double.self, folder: folder) { $0.epochs = 6 }
            #expect(try longer.resume() == 24)
            try longer.run()
            #expect(longer.step == 36)
        }
    }

    /// The bytes are intact, as their checksum says, but no trainer of this version can have written them.
    @Test func aCarriedStateThatCannotBeReadIsAnError() throws {
        let rows = Matrix<Double>(rows: 3, columns: 6)
        let broken: [(tensor: Safetensors.Tensor, problem: String)] = [
            (.init(name: "carried_state", rows, asVector: true), "not a matrix of finite numbers"),
            (
                .init(name: "carried_state", type: .i64, shape: [3, 6], bytes: Data(count: 144)),
                "not a matrix"
            ),
            (
                .init(name: "carried_state", Matrix<Double>(rows: 3, columns: 6) { _, _ in .nan }),
                "not a matrix"
            ),
            (.init(name: "carried_state", Matrix<Double>(rows: 2, columns: 6)), "does not fit the data"),
        ]
        let training = SampleTraining.overlappingStreams
        for (tensor, problem) in broken {
            try Fixtures.withTemporaryFolder { folder in
                do {
                    let trainer = try training.trainer(Double.self, folder: folder)
                    while try trainer.next() != nil, trainer.step < 5 {}
                }
                let names = try FileManager.default.contentsOfDirectory(atPath: folder)
                let path = folder + "/" + (try #require(names.filter { $0 != "lock" }.max()))
                var file = try Safetensors(contentsOf: path)
                let place = try #require(file.tensors.firstIndex { $0.name == "carried_state" })
                file.tensors[place] = tensor
                file.metadata[Safetensors.checksumKey] = file.checksum
                try file.write(to: path)
                let message = try error { _ = try training.trainer(Double.self, folder: folder).resume() }
                #expect(message.contains(problem), "\(message)")
            }
        }
    }

    @Test func aSettingThatOnlyTheCheckpointHasIsNamed() throws {
        try Fixtures.withTemporaryFolder { folder in
            let training = SampleTraining.dropoutAndNoise
            try training.trainer(Double.self, folder: folder).run()
            let message = try error {
                _ = try training.trainer(Double.self, folder: folder) { $0.plateau = nil }.resume()
            }
            #expect(message.contains("settings.plateau is {") && message.contains("and missing here"))
        }
    }

    /// JSON has no number for it.
    @Test func aThresholdThatIsInfiniteIsASettingLikeOthers() throws {
        try Fixtures.withTemporaryFolder { folder in
            try SampleTraining.ragged.trainer(Double.self, folder: folder) { $0.clipping = .norm(.infinity) }
                .run()
            func resume(_ clipping: Clipping) throws -> Int? {
                try SampleTraining.ragged.trainer(Double.self, folder: folder) { $0.clipping = clipping }
                    .resume()
            }
            #expect(try resume(.norm(.infinity)) == 24)
            let message = try error { _ = try resume(.norm(1)) }
            #expect(message.contains("settings.clipping is {\"norm\":{\"_0\":\"inf\"}} there"), "\(message)")
        }
    }

    @Test func aDamagedCheckpointIsLeftAsideForTheOneBefore() throws {
        try Fixtures.withTemporaryFolder { folder in
            let training = SampleTraining.ragged
            try training.trainer(Double.self, folder: folder).run()
            func files() throws -> [String] {
                try FileManager.default.contentsOfDirectory(atPath: folder).sorted().filter { $0 != "lock" }
            }
            #expect(try files().count == 3)
            let newest = folder + "/" + (try files().last!)
            let good = try Data(contentsOf: URL(fileURLWithPath: newest))
            var flipped = good
            flipped[good.count - 100] ^= 1
            var metadata = good
            let place = try #require(good.range(of: Data("\"trainer.epoch\":\"".utf8))).upperBound
            metadata[place] ^= 1
            for bytes in [flipped, metadata, good.prefix(good.count / 2), Data()] {
                try bytes.write(to: URL(fileURLWithPath: newest))
                let trainer = try training.trainer(Double.self, folder: folder)
                #expect(try trainer.resume() == 21)
                guard case .warning(.damagedCheckpoint(let error)) = try trainer.next() else {
                    Issue.record("no warning")
                    continue
                }
                #expect(error.path == newest)
            }
        }
    }

    @Test func aFolderThatCannotBeMadeIsAnError() throws {
        try Fixtures.withTemporaryFolder { folder in
            let file = folder + "/file"
            try Data().write(to: URL(fileURLWithPath: file))
            let inside = #expect(throws: FileError.self) { try CheckpointFolder(file + "/inside") }
            #expect(inside?.problem.hasPrefix("the folder cannot be created") == true)
            let itself = #expect(throws: FileError.self) { try CheckpointFolder(file) }
            #expect(itself?.problem == "this is a file; give a folder for checkpoints")
        }
    }

    /// The disk is full in the middle of a checkpoint, simulated by a limit on the size of files.
    @Test func aFullDiskLeavesTheOldCheckpointIntact() async throws {
        for goesOn in [false, true] {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
            defer { try? FileManager.default.removeItem(atPath: folder) }
            await #expect(processExitsWith: .success) {
                [folder = folder as String, goesOn = goesOn as Bool] in
                let training = SampleTraining.ragged
                let trainer = try training.trainer(Double.self, folder: folder) {
                    $0.onCheckpointFailure = goesOn ? .goOn : .stop
                }
                var (warnings, limited, ended) = (0, false, false)
                do {
                    while let event = try trainer.next() {
                        switch event {
                        case .checkpoint where !limited:
                            limited = true
                            signal(SIGXFSZ, SIG_IGN)
                            var limit = rlimit(rlim_cur: 1000, rlim_max: 1000)
                            unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
                        case .warning(.checkpointFailed(_, let error)):
                            warnings += 1
                            precondition(error.description.contains("could not be written"))
                        case .finished: ended = true
                        default: break
                        }
                    }
                } catch TrainerError.checkpoint(let error) {
                    precondition(!goesOn && error.description.contains("could not be written"))
                }
                precondition(ended == goesOn && (warnings > 2) == goesOn)
                let names = try FileManager.default.contentsOfDirectory(atPath: folder)
                let isOwn = names.count == 2 && names.contains { $0.hasSuffix("-000000000003.safetensors") }
                precondition(isOwn && names.contains("lock"), "\(names)")
                exit(0)
            }
            let trainer = try SampleTraining.ragged.trainer(Double.self, folder: folder)
            #expect(try trainer.resume() == 3)
        }
    }
}
