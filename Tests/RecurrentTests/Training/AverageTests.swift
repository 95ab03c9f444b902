import Recurrent
import RecurrentLinearAlgebra
import SampleProblems
import TestSupport
import Testing

/// The exponential moving average of the parameters.
@Suite struct AverageTests {
    private let training = SampleTraining.averaged

    /// Trains, and calls `handle` with every event and the average that a loop over the networks of all steps gives.
    private func train<S: Scalar>(
        _ trainer: Trainer<S>, decay: Double, _ handle: (TrainingEvent, [Double]) throws -> Void
    ) throws {
        var average: [Double] = []
        try trainer.run { event in
            if case .step = event {
                let now = trainer.network.parameters.elements.map { Double($0) }
                average = average.isEmpty ? now : zip(average, now).map { decay * $0 + (1 - decay) * $1 }
            }
            try handle(event, average)
        }
    }

    @Test func itIsThatOfTheParametersAfterEachStep() throws {
        let trainer = try training.trainer(Double.self) { $0.averageDecay = 0.75 }
        var steps = 0
        try train(trainer, decay: 0.75) { event, average in
            guard case .step = event else { return }
            let found = trainer.averageNetwork.parameters.elements
            #expect(deviation(Matrix([found]), Matrix([average])) <= Tolerance.naive)
            steps += 1
        }
        #expect(steps == 24 && trainer.averageNetwork != trainer.network)
    }

    @Test func inFloatItIsRounded() throws {
        let trainer = try training.trainer(Float.self)
        var last: [Double] = []
        try train(trainer, decay: 0.9) { last = $1 }
        let found = trainer.averageNetwork.parameters.elements.map { Double($0) }
        #expect(deviation(Matrix([found]), Matrix([last])) <= Tolerance.naiveInFloat)
    }

    /// Without an average the same steps are taken, and only the validation sees other parameters.
    @Test func validationAndTheBestNetworkGoByItAndTheStepsDoNot() throws {
        let (averaged, plain) = (
            try training.trainer(Double.self), try training.trainer(Double.self) { $0.averageDecay = nil }
        )
        try plain.run()
        guard case .sequences(let data) = try training.data(Double.self, seed: 2) else { return }
        var best: (loss: Double, network: RecurrentNetwork<Double>)?
        try averaged.run { event in
            guard case .epoch(let epoch) = event else { return }
            let loss = try validationLoss(of: averaged.averageNetwork, data.count)
            #expect(abs(epoch.validationLoss! - loss) <= Tolerance.naive)
            if loss < best?.loss ?? .infinity { best = (loss, averaged.averageNetwork) }
        }
        #expect(averaged.network == plain.network && plain.averageNetwork == plain.network)
        #expect(averaged.bestNetwork == best?.network && averaged.bestNetwork != averaged.network)
    }

    @Test func aMetricJudgesIt() throws {
        let trainer = try training.trainer(Double.self) { $0.judge = .mae }
        guard case .sequences(let data) = try training.data(Double.self, seed: 2) else { return }
        var metrics: [Double] = []
        try trainer.run { event in
            guard case .epoch(let epoch) = event else { return }
            func mae(_ network: RecurrentNetwork<Double>) throws -> Double {
                try #require(try network.evaluate(data, [.mae], at: trainer.settings.lossSteps)[.mae])
            }
            let (metric, expected) = (try #require(epoch.metric), try mae(trainer.averageNetwork))
            #expect(abs(metric - expected) <= Tolerance.naive)
            #expect(try abs(metric - mae(trainer.network)) > 100 * Tolerance.naive)
            #expect(epoch.isBest == metrics.allSatisfy { metric < $0 })
            metrics.append(metric)
        }
        #expect(metrics.count == trainer.settings.epochs)
    }

    /// The validation loss that a trainer without an average finds for a network.
    private func validationLoss(of network: RecurrentNetwork<Double>, _ sequences: Int) throws -> Double {
        var settings = training.settings()
        (settings.epochs, settings.averageDecay, settings.batchSize) = (1, nil, sequences)
        (settings.rule, settings.schedule) = (.sgd(), .constant(1e-300))
        let trainer = try Trainer(
            network, on: training.data(Double.self), settings,
            validation: training.data(Double.self, seed: 2))
        var loss = 0.0
        try trainer.run { if case .epoch(let epoch) = $0 { loss = epoch.validationLoss! } }
        return loss
    }

    @Test func aDecayOfNothingIsTheNetworkItself() throws {
        let trainer = try training.trainer(Double.self) { $0.averageDecay = 0 }
        try trainer.run()
        #expect(trainer.averageNetwork == trainer.network)
    }

    @Test func aCheckpointHasIt() throws {
        try Fixtures.withTemporaryFolder { folder in
            let checkpoints = try CheckpointFolder(folder)
            func makeTrainer(decay: Double) throws -> Trainer<Double> {
                var settings = training.settings()
                settings.averageDecay = decay
                return try Trainer(
                    training.network(Double.self), on: training.data(Double.self), settings,
                    checkpoints: checkpoints)
            }
            func read(_ network: CheckpointNetwork) throws -> RecurrentNetwork<Double> {
                try RecurrentNetwork(checkpoint: folder, network)
            }
            let trainer = try makeTrainer(decay: 0.9)
            while trainer.step < 4 { _ = try trainer.next() }
            // Before the end of an epoch the average is the best there is.
            #expect(try read(.best) == read(.average) && read(.best) != read(.current))
            try trainer.run()
            #expect(try read(.average) == trainer.averageNetwork && read(.best) == trainer.bestNetwork)
            #expect(try read(.current) == trainer.network)
            let other = try #require(throws: TrainerError.self) { try makeTrainer(decay: 0.8).resume() }
            #expect("\(other)".contains("settings.averageDecay is 0.9 there and 0.8 here"), "\(other)")
        }
    }

    @Test func aDecayThatMakesNoSenseIsNamed() throws {
        for decay in [1, -0.1, Double.nan, .infinity] {
            let error = try #require(throws: TrainerError.self) {
                try training.trainer(Double.self) { $0.averageDecay = decay }
            }
            #expect("\(error)".contains("a decay of \(decay) for the average"))
        }
        // It would never move.
        #expect(throws: TrainerError.self) {
            try training.trainer(Float.self) { $0.averageDecay = 1 - 1e-12 }
        }
    }
}
