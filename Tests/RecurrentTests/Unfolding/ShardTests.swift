import RecurrentLinearAlgebra
import NaiveReference
import Recurrent
import SampleProblems
import Testing

/// Large batches, whose blocks are dealt into shards, each with a gradient of its own.
@Suite struct ShardTests {
    /// One or two blocks a shard; some in several segments.
    static let problems = [
        Problem(T: 7, B: 130, ragged: true), Problem(T: 9, B: 300, ragged: true),
        Problem(layers: 2, stateDropout: 0.3, T: 9, B: 130, ragged: true, H: 7),
        Problem(layers: 2, dropout: 0.3, readOutDropout: 0.3, T: 9, B: 130, ragged: true, H: 7),
        Problem(recurrent: false, T: 9, B: 130),
        Problem(learnsInitialState: true, T: 9, B: 130, ragged: true),
        Problem(readOut: .meanOverSteps, T: 9, B: 130, ragged: true),
        Problem(output: .softmax, loss: .crossEntropy, T: 9, B: 130, ragged: true, steps: .last),
        // 1.3 MB a block.
        Problem(readOut: .lastStep, T: 300, B: 130, I: 20, H: 6),
        Problem(activation: .relu, T: 300, B: 130, ragged: true, I: 20, H: 6),
    ]

    @Test(arguments: problems) func theSumOfAllShardsMatchesTheNaiveReference(problem: Problem) throws {
        try NaiveComparisonTests.compare(Double.self, problem, 8, tolerance: Tolerance.naive)
    }

    /// One block a worker, and 15 gradients of 536 numbers more.
    @Test func aLargeBatchTakesTheMemoryOfTheBlocksAtWork() throws {
        let problem = Problem(T: 50, B: 512, I: 8, H: 16, O: 8)
        let drawn = try Drawn<Double>(problem)
        let unfolding = Unfolding(for: drawn.network, workers: 2, memoryLimit: 1)
        let error = try memoryError {
            _ = try unfolding.lossAndGradient(of: drawn.network, on: drawn.batch, drawn.objective)
        }
        let block = 50 * 16 * (16 + 16 + 8)
        let needed = try #require(error?.needed)
        #expect(needed > 8 * 2 * block && needed < 8 * 50 * 512 * 16 / 5)
    }

    /// A window of streams hands its final states to the next, also after a pass whose blocks shared their memory.
    @Test(arguments: [4, 40]) func validationOfStreamsInWindowsIsThatOfWholeStreams(streams: Int) throws {
        var generator = RandomGenerator(seed: 9)
        let tokens = (0..<streams * 30 + 1).map { _ in generator.index(below: 5) }
        let data = try StreamDataSet<Double>(tokens: tokens, vocabulary: 5, streams: streams)
        let configuration = NetworkConfiguration(
            inputWidth: 5, stateWidth: 6, outputWidth: 5, output: .softmax)
        let network = RecurrentNetwork<Double>(configuration, using: &generator)
        func validationLoss(window: Int) throws -> Double {
            var settings = TrainingSettings(loss: .crossEntropy, learningRate: 1e-30, epochs: 1)
            settings.rule = .sgd()
            let trainer = try Trainer(
                network, on: .streams(data, TruncatedWindow(advance: window)), settings,
                validation: .streams(data, TruncatedWindow(advance: window)))
            while let event = try trainer.next() {
                if case .epoch(let epoch) = event { return try #require(epoch.validationLoss) }
            }
            throw DataError.noLoss
        }
        let whole = try validationLoss(window: 30)
        #expect(abs(try validationLoss(window: 7) - whole) <= Tolerance.naive * whole)
    }
}
