import Foundation
import Recurrent
import Synchronization
import Testing

/// A training in a task lets others have their turn.
@Suite struct TrainingEventsTests {
    /// The part of a training that takes long.
    enum Work: CaseIterable {
        case reportedSteps, silentSteps, validation

        private func data(_ sequences: Int) throws -> TrainingData<Double> {
            let rows = (0..<sequences).map { [[Double($0 % 7)], [1]] }
            return .sequences(try SequenceDataSet(rows, targets: .everyStep(rows)))
        }

        /// A single epoch: there is no event during silent steps and the validation.
        func trainer() throws -> Trainer<Double> {
            var settings = TrainingSettings(loss: .squaredError, learningRate: 0.01, epochs: 1)
            (settings.batchSize, settings.reportsSteps) = (1, self == .reportedSteps)
            var generator = RandomGenerator(seed: 1)
            let network = RecurrentNetwork<Double>(
                NetworkConfiguration(inputWidth: 1, stateWidth: 2, outputWidth: 1), using: &generator)
            return try Trainer(
                network, on: data(self == .validation ? 1 : 5000), settings,
                validation: data(self == .validation ? 10_000 : 1), workers: 1)
        }
    }

    private actor Trainee {
        /// Another task can see it while this one is busy.
        nonisolated let isTraining = Mutex(false)
        private var wasAsked = false

        func ask() { wasAsked = true }

        /// Trains until somebody asks, at most to the end; returns true if somebody has asked before the epoch's event.
        func train(_ work: Work) async throws -> Bool {
            let trainer = try work.trainer()
            isTraining.withLock { $0 = true }
            for try await event in trainer.events {
                if case .epoch = event { return wasAsked }
                if wasAsked { return true }
            }
            return false
        }
    }

    @Test(arguments: Work.allCases)
    func anActorThatTrainsAnswersMeanwhile(work: Work) async throws {
        let trainee = Trainee()
        async let isAnswered = trainee.train(work)
        while trainee.isTraining.withLock({ !$0 }) { try await Task.sleep(for: .milliseconds(1)) }
        await trainee.ask()
        #expect(try await isAnswered)
    }
}
