import Foundation
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import TestSupport
import Testing

@Suite struct TrainerTests {
    private func events<S>(_ trainer: Trainer<S>) throws -> [TrainingEvent] {
        var events: [TrainingEvent] = []
        try trainer.run { events.append($0) }
        return events
    }

    @Test func itSaysWhatItDoesInOrder() throws {
        try Fixtures.withTemporaryFolder { folder in
            let trainer = try SampleTraining.ragged.trainer(Double.self, folder: folder)
            var (steps, epochs, checkpoints, ends): ([TrainingStep], [TrainingEpoch], [Int], [TrainingEnd]) =
                ([], [], [], [])
            try trainer.run { event in
                switch event {
                case .step(let step): steps.append(step)
                case .epoch(let epoch): epochs.append(epoch)
                case .checkpoint(let path, let step):
                    checkpoints.append(step)
                    #expect(FileManager.default.fileExists(atPath: path))
                case .warning(let warning): Issue.record("\(warning)")
                case .finished(let end): ends.append(end)
                }
            }
            #expect(steps.map(\.step) == Array(1...24) && epochs.map(\.epoch) == [1, 2, 3, 4])
            #expect(steps.map(\.epoch) == [1, 2, 3, 4].flatMap { Array(repeating: $0, count: 6) })
            #expect(checkpoints == Array(stride(from: 3, through: 24, by: 3)) && ends == [.completed])
            let settings = SampleTraining.ragged.settings()
            for step in steps {
                #expect(step.learningRate == settings.schedule.learningRate(at: step.step - 1))
                #expect(step.secondsLeft >= 0 && step.gradientNorm > 0)
            }
            #expect(steps.last!.secondsLeft == 0)
            for epoch in epochs {
                let own = steps.filter { $0.epoch == epoch.epoch }
                #expect(epoch.loss == own.reduce(0) { $0 + $1.loss } / Double(own.count))
                #expect(epoch.clipRate == Double(own.count { $0.wasClipped }) / Double(own.count))
            }
            let best = epochs.min { $0.validationLoss! < $1.validationLoss! }!
            #expect(best.isBest && epochs.last { $0.isBest }! == best)
            #expect(try trainer.next() == nil)
        }
    }

    @Test func itLearnsAndKeepsTheBestParameters() throws {
        var settings = SampleTraining.ragged.settings()
        (settings.epochs, settings.schedule, settings.clipping) = (300, .constant(0.02), .norm(1))
        let training = SampleTraining.ragged
        let data = try training.data(Double.self)
        let trainer = try Trainer(
            training.network(Double.self), on: data, settings,
            validation: training.data(Double.self, seed: 2))
        var epochs: [TrainingEpoch] = []
        try trainer.run { if case .epoch(let epoch) = $0 { epochs.append(epoch) } }
        #expect(epochs.last!.loss < 0.5 * epochs[0].loss)
        // Random targets cannot be learnt for other data: the best epoch is an early one.
        let best = epochs.min { $0.validationLoss! < $1.validationLoss! }!
        #expect(best.epoch < 150 && trainer.bestNetwork != trainer.network)
        let again = try Trainer(
            trainer.bestNetwork, on: data, settings, validation: training.data(Double.self, seed: 2))
        var first: TrainingEpoch?
        while first == nil, let event = try again.next() {
            if case .epoch(let epoch) = event { first = epoch }
        }
        #expect(first!.validationLoss! < 1.2 * best.validationLoss!)

        settings.patience = 5
        let patient = try Trainer(
            training.network(Double.self), on: data, settings,
            validation: training.data(Double.self, seed: 2))
        guard case .finished(.outOfPatience(epochs: 5)) = try events(patient).last else {
            Issue.record("patience did not end")
            return
        }
        #expect(patient.bestNetwork == trainer.bestNetwork || patient.step < trainer.step)
    }

    @Test func eventsCanBeWaitedForAndACancelledTaskEndsAtAStep() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let end = try await Task {
            let trainer = try SampleTraining.ragged.trainer(Double.self, folder: folder) {
                $0.epochs = 1000
            }
            var end: TrainingEnd?
            for try await event in trainer.events {
                if case .step(let step) = event, step.step == 5 {
                    unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
                }
                if case .finished(let found) = event { end = found }
            }
            #expect(trainer.step == 5)
            return end
        }.value
        #expect(end == .cancelled)
        let resumed = try SampleTraining.ragged.trainer(Double.self, folder: folder) { $0.epochs = 1000 }
        #expect(try resumed.resume() == 5)
    }

    /// Sequences of one length in one batch, or in several smaller ones: the same mean. 256 of them are dealt into
    /// shards.
    @Test(arguments: [(6, 2), (256, 32)])
    func accumulatedBatchesAreOneLargeBatch(sequences: Int, atATime: Int) throws {
        func train(batchSize: Int, accumulation: Int) throws -> [Double] {
            var generator = RandomGenerator(seed: 1)
            func rows(_ width: Int) -> [[[Double]]] {
                (0..<sequences).map { _ in (0..<9).map { _ in (0..<width).map { _ in generator.uniform() } } }
            }
            let data = try SequenceDataSet(rows(3), targets: .everyStep(rows(2)))
            var settings = TrainingSettings(loss: .halfSquaredError, learningRate: 0.1, epochs: 5)
            (settings.batchSize, settings.accumulation, settings.shuffles) = (batchSize, accumulation, false)
            settings.rule = .sgd()
            let trainer = try Trainer(
                SampleTraining.ragged.network(Double.self), on: .sequences(data), settings)
            try trainer.run()
            return trainer.network.parameters.elements
        }
        let large = try train(batchSize: sequences, accumulation: 1)
        let small = try train(batchSize: atATime, accumulation: sequences / atATime)
        #expect(deviation(Matrix([small]), Matrix([large])) < Tolerance.naive)
    }

    /// Half of these states are saturated: a ReLU's that its input does not reach. Neither the validation data, whose
    /// states all are, nor the workers change that.
    @Test(arguments: [1, 2, 3], [8, 140])
    func saturationIsThatOfTheStatesOfTheLastStep(workers: Int, sequences: Int) throws {
        let configuration = NetworkConfiguration(
            inputWidth: 1, stateWidth: 6, outputWidth: 1, cell: .elman(.relu), stateBias: false,
            recurrent: false, readOut: .meanOverSteps)
        var network = RecurrentNetwork<Float>(configuration, parameters: .init(layout: .init(configuration)))
        network.parameters[.inputWeights] = Matrix([[1, -1, 1, -1, 1, -1]])
        func data(_ value: Float) throws -> SequenceDataSet<Float> {
            try SequenceDataSet(
                Array(repeating: Array(repeating: [value], count: 700), count: sequences),
                targets: .perSequence((0..<sequences).map { [Float($0)] }))
        }
        var settings = TrainingSettings(loss: .halfSquaredError, learningRate: 1e-30, epochs: 1)
        (settings.batchSize, settings.rule) = (sequences, .sgd())
        let trainer = try Trainer(
            network, on: .sequences(data(1)), settings,
            validation: .sequences(data(0)), workers: workers)
        var saturation: [Double] = []
        try trainer.run { if case .epoch(let epoch) = $0 { saturation.append(epoch.saturation) } }
        #expect(saturation == [0.5])
    }

    /// A network whose loss overflows at some step, for the policies.
    private func exploding(
        _ policy: NonFinitePolicy, folder: String? = nil
    ) throws -> Trainer<Double> {
        var settings = TrainingSettings(loss: .squaredError, learningRate: 0.1, epochs: 3)
        (settings.batchSize, settings.shuffles, settings.onNonFinite) = (1, false, policy)
        (settings.rule, settings.clipping, settings.checkpointEvery) = (.sgd(), .none, 1)
        let data = try SequenceDataSet<Double>(
            [[[1]], [[2]], [[1e200]], [[3]]], targets: .everyStep([[[0.5]], [[0.5]], [[-1e200]], [[0.5]]]))
        var generator = RandomGenerator(seed: 1)
        let configuration = NetworkConfiguration(
            inputWidth: 1, stateWidth: 1, outputWidth: 1, cell: .elman(.identity))
        return try Trainer(
            RecurrentNetwork(configuration, using: &generator), on: .sequences(data), settings,
            checkpoints: folder.map { try CheckpointFolder($0) })
    }

    @Test func aLossThatIsNotFiniteStopsIsSkippedOrGoneBackFrom() throws {
        let stopping = try exploding(.stop)
        let error = try #require(throws: TrainerError.self) { try stopping.run() }
        guard case .step(3, .lossNotFinite) = error else { throw error }
        #expect(stopping.step == 2 && stopping.network.parameters.isFinite)

        let skipping = try exploding(.skip)
        let warnings = try events(skipping).compactMap { event -> Int? in
            if case .warning(.skipped(let step, .lossNotFinite)) = event { step } else { nil }
        }
        #expect(warnings == [3, 7, 11] && skipping.step == 12)

        try Fixtures.withTemporaryFolder { folder in
            let goingBack = try exploding(.goBack(factor: 0.5), folder: folder)
            var factors: [Double] = []
            let error = try #require(throws: TrainerError.self) {
                try goingBack.run {
                    if case .warning(.wentBack(3, 2, let factor, _)) = $0 { factors.append(factor) }
                }
            }
            // These data are hopeless at any rate, and ten times are enough.
            #expect(factors == (1...10).map { pow(0.5, Double($0)) } && "\(error)".hasPrefix("step 3"))
        }
        let needsFolder = try #require(throws: TrainerError.self) { try exploding(.goBack()) }
        #expect("\(needsFolder)".contains("give a folder"))
    }

    @Test func aSmallerRateAfterGoingBackHelps() throws {
        try Fixtures.withTemporaryFolder { folder in
            // A linear network diverges at this rate, before its first epoch ends, and converges at much less.
            var settings = TrainingSettings(loss: .squaredError, learningRate: 300, epochs: 10)
            (settings.onNonFinite, settings.rule, settings.clipping) = (.goBack(factor: 0.01), .sgd(), .none)
            (settings.checkpointEvery, settings.batchSize) = (1000, 1)
            let signs = (0..<60).map { $0 % 2 == 0 ? 1.0 : -1 }
            let data = try SequenceDataSet<Double>(
                signs.map { [[$0]] }, targets: .everyStep(signs.map { [[0.5 * $0]] }))
            var generator = RandomGenerator(seed: 1)
            let configuration = NetworkConfiguration(
                inputWidth: 1, stateWidth: 1, outputWidth: 1, cell: .elman(.identity))
            let trainer = try Trainer(
                RecurrentNetwork<Double>(configuration, using: &generator), on: .sequences(data), settings,
                checkpoints: CheckpointFolder(folder))
            var (warnings, loss) = (0, Double.infinity)
            try trainer.run { event in
                if case .warning(.wentBack) = event { warnings += 1 }
                if case .epoch(let epoch) = event { loss = epoch.loss }
            }
            #expect(warnings >= 1 && loss < 1e-3)
        }
    }

    @Test func settingsThatMakeNoSenseAreNamed() throws {
        func problem(_ change: (inout TrainingSettings) -> Void) throws -> String {
            try #require(throws: TrainerError.self) {
                _ = try SampleTraining.ragged.trainer(Double.self, change: change)
            }.description
        }
        for rate in [0, -1, Double.nan, .infinity] {
            #expect(try problem { $0.schedule = .constant(rate) }.contains("learning rate of \(rate)"))
        }
        #expect(
            try problem { $0.schedule = .cosine(0.1, steps: 25) }.contains(
                "the schedule spans 25 steps, the run has 24"))
        #expect(try problem { $0.epochs = 0 }.contains("epochs must be at least 1"))
        #expect(try problem { $0.batchSize = 0 }.contains("batch size"))
        #expect(try problem { $0.accumulation = 0 }.contains("accumulation"))
        #expect(try problem { $0.clipping = .norm(0) }.contains("clipping"))
        #expect(try problem { $0.inputNoise = .nan }.contains("input noise"))
        #expect(try problem { $0.rule = .adam(beta1: 1) }.contains("1.0"))
        #expect(try problem { $0.loss = .crossEntropy }.contains("does not go with linear outputs"))
        #expect(try problem { $0.lossSteps = .afterBurnIn(-1) }.contains("at least 0 steps, not -1"))
        #expect(try problem { $0.lossSteps = .afterBurnIn(4) }.contains("after the burn-in of 4"))
        let streams = try #require(throws: TrainerError.self) {
            _ = try SampleTraining.streams.trainer(Double.self) { $0.lossSteps = .last }
        }
        #expect("\(streams)".contains("streams carry a loss on every step"))
    }

    private func warnings(
        _ classes: [Int], validation: [Int]? = nil
    ) throws -> [TrainingWarning] {
        func data(_ classes: [Int]) throws -> TrainingData<Double> {
            let sequences = classes.map { [[Double($0)], [1]] }
            return .sequences(try SequenceDataSet(sequences, targets: .classPerSequence(classes)))
        }
        var generator = RandomGenerator(seed: 1)
        let network = RecurrentNetwork<Double>(
            NetworkConfiguration(
                inputWidth: 1, stateWidth: 2, outputWidth: 3, output: .softmax, readOut: .lastStep),
            using: &generator)
        let trainer = try Trainer(
            network, on: data(classes), TrainingSettings(loss: .crossEntropy, learningRate: 0.1, epochs: 2),
            validation: validation.map(data))
        return try events(trainer).compactMap { if case .warning(let warning) = $0 { warning } else { nil } }
    }

    /// A part of a data set, or a validation set, may have one class by chance.
    @Test func dataOfOneClassAreTrainedOnWithAWarning() throws {
        #expect(try warnings([2, 2, 2]) == [.oneClass(index: 2)])
        #expect(try warnings([0]) == [.oneClass(index: 0)])
        #expect(try warnings([2, 1, 2], validation: [1, 1]) == [])
        #expect(TrainingWarning.oneClass(index: 2).description.contains("all targets are class 2"))
    }

    @Test func aTextOfOneTokenIsTrainedOnWithAWarning() throws {
        let tokens = Array(repeating: 1, count: 40)
        let trainer = try Trainer(
            SampleTraining.streams.network(Double.self),
            on: .streams(
                StreamDataSet(tokens: tokens, vocabulary: 5, streams: 2), TruncatedWindow(advance: 5)),
            TrainingSettings(loss: .crossEntropy, learningRate: 0.1, epochs: 1))
        guard case .warning(.oneClass(index: 1)) = try trainer.next() else {
            Issue.record("no warning")
            return
        }
        try trainer.run()
    }
}
