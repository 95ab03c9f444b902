import Foundation
import Recurrent
import RecurrentLinearAlgebra
import TestSupport
import Testing

/// The end of a training, and what comes after it.
@Suite struct ContinuationTests {
    @Test func runTellsHowTrainingEnded() async throws {
        let training = SampleTraining.ragged
        let complete = try training.trainer(Double.self)
        #expect(complete.end == nil)
        #expect(try complete.run() == .completed)
        #expect(try complete.end == .completed && complete.run() == .completed)

        let patient = try training.trainer(Double.self) {
            ($0.schedule, $0.epochs, $0.patience) = (.constant(0.1), 300, 3)
        }
        #expect(try patient.run() == .outOfPatience(epochs: 3))

        let cancelled = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return try SampleTraining.ragged.trainer(Double.self).run()
        }
        #expect(try await cancelled.value == .cancelled)
    }

    @Test(arguments: SampleTraining.allCases)
    func epochsAddedLaterLeadToTheSameBitsAsFromTheBeginning(training: SampleTraining) throws {
        let whole = try training.trainer(Double.self) { $0.epochs = 7 }
        var expected: [TrainingEpoch] = []
        try whole.run { if case .epoch(let epoch) = $0 { expected.append(epoch) } }
        try Fixtures.withTemporaryFolder { folder in
            let trainer = try training.trainer(Double.self, folder: folder)
            var epochs: [TrainingEpoch] = []
            for added in [0, 1, 2] {
                if added > 0 { trainer.addEpochs(added) }
                let end = try trainer.run { if case .epoch(let epoch) = $0 { epochs.append(epoch) } }
                #expect(end == .completed && epochs.count == trainer.settings.epochs)
            }
            #expect(epochs == expected && training.result(trainer) == training.result(whole))
            #expect(try RecurrentNetwork(checkpoint: folder, .current) == whole.network)
        }
    }

    /// Between the checkpoint of a training that was cancelled and its last event.
    @Test func epochsAddedBeforeTheLastEventLeaveItOut() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let ends = try await Task {
            let trainer = try SampleTraining.ragged.trainer(Double.self, folder: folder)
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            guard case .checkpoint = try trainer.next() else { return 0 }
            #expect(trainer.end == .cancelled)
            trainer.addEpochs(1)
            var ends = 0
            try trainer.run { if case .finished = $0 { ends += 1 } }
            return ends
        }.value
        #expect(ends == 1)
    }

    @Test func patienceCountsAnewInEpochsThatAreAdded() throws {
        let trainer = try SampleTraining.ragged.trainer(Double.self) {
            ($0.schedule, $0.epochs, $0.patience) = (.constant(0.1), 300, 3)
        }
        try trainer.run()
        let step = trainer.step
        trainer.addEpochs(10)
        #expect(try trainer.run() == .outOfPatience(epochs: 3) && trainer.step >= step + 3 * 6)
    }

    @Test func aTrainingStartsFromAnyNetwork() throws {
        try Fixtures.withTemporaryFolder { folder in
            let training = SampleTraining.ragged
            try training.trainer(Double.self, folder: folder).run()
            let network = try RecurrentNetwork<Float>(checkpoint: folder)
            let second = try Trainer(network, on: training.data(Float.self), training.settings())
            #expect(second.network == network)
            #expect(try second.run() == .completed && second.network != network)
        }
    }

    @Test func aNetworkWithNaNIsNotTrained() throws {
        let training = SampleTraining.ragged
        var network = training.network(Double.self)
        network.parameters[.outputBias] = Matrix([[0, .nan]])
        let error = try #require(throws: TrainerError.self) {
            try Trainer(network, on: training.data(Double.self), training.settings())
        }
        #expect("\(error)".hasPrefix("b_y of the network has NaN"))
    }

    /// A network with more classes and a layer more takes over what it has in common with another.
    @Test func aNetworkTakesOverThePartsThatAnotherHasToo() throws {
        var generator = RandomGenerator(seed: 1)
        func network(_ layers: [RecurrentLayer], classes: Int) -> RecurrentNetwork<Double> {
            RecurrentNetwork(
                NetworkConfiguration(inputWidth: 3, layers: layers, outputWidth: classes, output: .softmax),
                using: &generator)
        }
        let lstm = RecurrentLayer(.lstm, stateWidth: 4)
        let old = network([lstm], classes: 2)
        var new = network([lstm, RecurrentLayer(.gru(), stateWidth: 4)], classes: 5)
        let drawn = new
        let left = new.copyParts(of: old)
        for name in [ParameterName.inputWeights, .stateWeights, .stateBias] {
            #expect(new.parameters[name] == old.parameters[name])
        }
        #expect(
            Set(left)
                == Set(new.parameters.layout.parts.map(\.name)).subtracting([
                    .inputWeights, .stateWeights, .stateBias,
                ]))
        for name in left { #expect(new.parameters[name] == drawn.parameters[name]) }

        // The same shapes, but the parameters of another cell.
        var other = network([RecurrentLayer(.elman(.relu), stateWidth: 4)], classes: 2)
        let elman = network([RecurrentLayer(.elman(.tanh), stateWidth: 4)], classes: 2)
        #expect(Set(other.copyParts(of: elman)) == [.inputWeights, .stateWeights, .stateBias])
        #expect(other.parameters[.outputWeights] == elman.parameters[.outputWeights])
        var same = elman
        #expect(same.copyParts(of: elman).isEmpty)
    }
}
