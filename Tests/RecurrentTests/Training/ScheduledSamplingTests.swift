import Foundation
import RecurrentLinearAlgebra
import Recurrent
import Testing

/// Networks that feed on their own output.
@Suite struct ScheduledSamplingTests {
    private func network(_ output: OutputFunction) -> RecurrentNetwork<Double> {
        var generator = RandomGenerator(seed: 2)
        let configuration = NetworkConfiguration(
            inputWidth: 4, stateWidth: 7, outputWidth: 4, layers: 2, output: output)
        return RecurrentNetwork(configuration, using: &generator)
    }

    private func values() throws -> SequenceBatch<Double> {
        var generator = RandomGenerator(seed: 3)
        return try SequenceBatch(
            [5, 2, 7].map { length in
                (0..<length).map { _ in (0..<4).map { _ in generator.uniform(within: 1) } }
            })
    }

    @Test func freeRunningFeedsEveryOutputBack() throws {
        let (network, batch) = (network(.linear), try values())
        var generator = RandomGenerator(seed: 1)
        let fed = try network.feedingBack(batch, teacherProbability: 0, using: &generator)
        #expect(fed.lengths == batch.lengths)
        let outputs = try network.forward(fed).outputs
        for t in 0..<7 {
            for b in 0..<3 where t < batch.lengths[b] {
                let x = fed.inputs.row(t * 3 + b)
                let expected = t == 0 ? batch.inputs.row(b) : outputs.row((t - 1) * 3 + b)
                #expect((x - expected).largestMagnitude < 1e-14)
            }
        }
    }

    @Test func aTeacherChangesNothing() throws {
        var generator = RandomGenerator(seed: 1)
        let batch = try values()
        let fed = try network(.linear).feedingBack(batch, teacherProbability: 1, using: &generator)
        #expect(fed.inputs == batch.inputs)
    }

    @Test func tokensAreDrawnFromWhatTheNetworkExpects() throws {
        let network = network(.softmax)
        let batch = try SequenceBatch<Double>(
            tokens: Array(repeating: [2, 0], count: 4000), vocabulary: 4)
        var generator = RandomGenerator(seed: 1)
        let fed = try network.feedingBack(batch, teacherProbability: 0.25, using: &generator)
        var state = network.state(sequences: 1)
        try network.step(tokens: [2], &state)
        let second = (0..<4000).map { row in (0..<4).first { fed.inputs[4000 + row, $0] == 1 }! }
        for token in 0..<4 {
            let share = Double(second.count { $0 == token }) / 4000
            let expected = 0.75 * state.outputs[0, token] + (token == 0 ? 0.25 : 0)
            #expect(abs(share - expected) < 0.03, "token \(token)")
        }
    }

    @Test func probabilitiesFollowTheirFormulas() {
        #expect(ScheduledSampling.linear(slope: 0.25, minimum: 0.1).teacherProbability(at: 2) == 0.5)
        #expect(ScheduledSampling.linear(slope: 0.25, minimum: 0.1).teacherProbability(at: 9) == 0.1)
        #expect(ScheduledSampling.exponential(factor: 0.5).teacherProbability(at: 3) == 0.125)
        #expect(ScheduledSampling.inverseSigmoid(k: 5).teacherProbability(at: 0) == 5.0 / 6)
        #expect(ScheduledSampling.freeRunning.teacherProbability(at: 7) == 0)
        for wrong in [
            ScheduledSampling.constant(1.5), .constant(.nan), .exponential(factor: 1), .inverseSigmoid(k: 0),
            .linear(slope: -1),
        ] { #expect(wrong.problem != nil) }
    }

    @Test func aTrainerSamplesAndItsResultDependsOnIt() throws {
        func train(_ sampling: ScheduledSampling?, seed: UInt64 = 1) throws -> [Double] {
            var settings = TrainingSettings(loss: .crossEntropy, learningRate: 0.01, epochs: 3)
            (settings.sampling, settings.seed) = (sampling, seed)
            let tokens = (0..<90).map { $0 * 7 % 11 % 4 }
            let data = try StreamDataSet<Double>(tokens: tokens, vocabulary: 4, streams: 3)
            let trainer = try Trainer(
                network(.softmax), on: .streams(data, TruncatedWindow(advance: 5)), settings)
            try trainer.run()
            return trainer.network.parameters.elements
        }
        #expect(try train(.constant(1)) == train(nil))
        #expect(try train(.constant(0.5)) == train(.constant(0.5)))
        #expect(try train(.constant(0.5)) != train(nil))
        let error = try #require(throws: TrainerError.self) {
            _ = try SampleTraining.ragged.trainer(Double.self) { $0.sampling = .freeRunning }
        }
        #expect("\(error)".contains("feed on their own output"))
    }
}
