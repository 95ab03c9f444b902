import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import Testing

/// The examples of DataFlow.md and SpeedAndMemory.md.
@Suite struct DataFlowTests {
    @Test func aBatchIsFollowedThroughAStep() throws {
        var generator = RandomGenerator(seed: 2)
        let configuration = NetworkConfiguration(inputWidth: 1, stateWidth: 4, outputWidth: 1)
        var network = RecurrentNetwork<Double>(configuration, using: &generator)

        let batch = try SequenceBatch<Double>([[[1], [0], [1]], [[1]], [[0], [1]]])  // a, b and c
        print(batch.steps, batch.sequences, batch.lengths)  // T = 3, B = 3, [3, 1, 2]
        print(batch.inputs.rows, batch.validSteps)  // 9 rows as shown, 6 as stored
        #expect((batch.steps, batch.sequences) == (3, 3) && batch.lengths == [3, 1, 2])
        #expect((batch.inputs.rows, batch.validSteps) == (9, 6))
        #expect(batch.inputs.elements == [1, 1, 0, 0, 0, 1, 1, 0, 0])

        let targets = try batch.targets(everyStep: [[[1], [1], [0]], [[1]], [[0], [1]]])  // parity so far
        let objective = try Objective(
            .halfSquaredError, targets, on: batch, for: network, reduction: .meanOverSteps)

        let unfolding = Unfolding(for: network, workers: 2)
        let loss = try unfolding.lossAndGradient(of: network, on: batch, objective)
        print(loss, unfolding.gradient.norm, unfolding.gradient[.stateWeights]!)
        let norm = unfolding.gradient.norm

        var optimiser = Optimiser<Double>(.adam(), learningRate: 0.01, clipping: .norm(1))
        let report = try optimiser.step(&network, in: unfolding, on: batch, objective)
        print(report.loss, report.gradientNorm, report.wasClipped)
        #expect(report.loss == loss && report.gradientNorm == norm && report.wasClipped == (norm > 1))
        #expect(try unfolding.loss(of: network, on: batch, objective) < loss)
    }

    @Test func theExamplesOfSpeedAndMemoryRun() throws {
        let drawn = try Drawn<Double>(Problem())
        let (network, batch) = (drawn.network, drawn.batch)
        let configuration = network.configuration

        let unfolding = Unfolding(for: network, workers: 4)
        let text = try SequenceBatch<Float>(tokens: [[7, 4, 11, 11, 14], [1, 24, 4]], vocabulary: 27)

        var result = ForwardPass(for: batch, network)
        try unfolding.forward(network, on: batch, into: &result)

        var state = network.state(sequences: 1)
        try network.step([0.5, -1, 2], &state)  // x_t
        let y = state.outputs  // y_t, 1 × O

        #expect(text.lengths == [5, 3] && y.columns == 2)
        #expect(try result.outputs == network.forward(batch).outputs)
    }
}
