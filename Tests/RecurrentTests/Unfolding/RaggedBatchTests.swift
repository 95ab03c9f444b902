import RecurrentLinearAlgebra
import NaiveReference
import Recurrent
import SampleProblems
import Testing

/// Batches of many lengths, in an order that no one has sorted.
@Suite struct RaggedBatchTests {
    static let lengths = [
        5, 9, 1, 9, 3, 7, 2, 9, 4, 6, 1, 8, 9, 5, 3, 2, 7, 10, 1, 4, 6, 8, 10, 3, 5, 2, 9, 1, 7, 6,
    ]

    private struct Drawn {
        let network: RecurrentNetwork<Double>
        let x: [[[Double]]]
        let d: [[[Double]]]
        let batch: SequenceBatch<Double>
        let objective: Objective<Double>

        init() throws {
            var generator = RandomGenerator(seed: 5)
            let configuration = NetworkConfiguration(inputWidth: 3, stateWidth: 6, outputWidth: 2)
            network = RecurrentNetwork(configuration, using: &generator)
            func rows(_ width: Int) -> [[[Double]]] {
                lengths.map { length in
                    (0..<length).map { _ in (0..<width).map { _ in generator.uniform(within: 1) } }
                }
            }
            (x, d) = (rows(3), rows(2))
            batch = try SequenceBatch(x)
            objective = try Objective(
                .halfSquaredError, batch.targets(everyStep: d), on: batch, for: network)
        }
    }

    @Test func everySequenceGivesWhatItGivesAlone() throws {
        let drawn = try Drawn()
        let unfolding = Unfolding(for: drawn.network)
        let E = try unfolding.lossAndGradient(
            of: drawn.network, on: drawn.batch, drawn.objective, inputGradient: true)
        let pass = try drawn.network.forward(drawn.batch)
        let (gradient, x) = (unfolding.gradient, try #require(unfolding.inputGradient))
        let s_0 = try #require(unfolding.initialStateGradient)

        var (sumE, sum) = (0.0, Parameters<Double>(layout: gradient.layout))
        let alone = Unfolding(for: drawn.network)
        for (b, length) in Self.lengths.enumerated() {
            let batch = try SequenceBatch([drawn.x[b]])
            let objective = try Objective(
                .halfSquaredError, batch.targets(everyStep: [drawn.d[b]]), on: batch,
                for: drawn.network)
            sumE += try alone.lossAndGradient(
                of: drawn.network, on: batch, objective, inputGradient: true)
            for part in gradient.layout.parts {
                sum[part.name] = sum[part.name]! + alone.gradient[part.name]!
            }
            #expect(deviation(s_0.row(b), alone.initialStateGradient!) <= Tolerance.naive)
            let single = try drawn.network.forward(batch)
            #expect(deviation(pass.finalState.row(b), single.finalState) <= Tolerance.naive)
            for t in 0..<length {
                let row = t * Self.lengths.count + b
                #expect(deviation(x.row(row), alone.inputGradient!.row(t)) <= Tolerance.naive)
                #expect(deviation(pass.outputs.row(row), single.outputs.row(t)) <= Tolerance.naive)
                #expect(deviation(pass.states.row(row), single.states.row(t)) <= Tolerance.naive)
            }
        }
        #expect(abs(E - sumE) <= Tolerance.naive * sumE)
        for part in gradient.layout.parts {
            #expect(deviation(gradient[part.name]!, sum[part.name]!) <= Tolerance.naive)
        }
    }

    @Test func paddingRepeatsTheLastOutputAndKeepsTheLastState() throws {
        let drawn = try Drawn()
        let pass = try drawn.network.forward(drawn.batch)
        let B = Self.lengths.count
        for (b, length) in Self.lengths.enumerated() {
            for t in length..<10 {
                #expect(pass.outputs.row(t * B + b) == pass.outputs.row((length - 1) * B + b))
                #expect(pass.states.row((t + 1) * B + b) == pass.states.row(length * B + b))
            }
            #expect(pass.finalState.row(b) == pass.states.row(length * B + b))
        }
    }

    @Test func theBatchShowsWhatItWasMadeOf() throws {
        let drawn = try Drawn()
        let B = Self.lengths.count
        #expect(drawn.batch.lengths == Self.lengths)
        #expect(drawn.batch.validSteps == Self.lengths.reduce(0, +))
        #expect(drawn.batch.isRagged)
        let inputs = drawn.batch.inputs
        for (b, length) in Self.lengths.enumerated() {
            for t in 0..<10 {
                #expect(inputs.row(t * B + b).elements == (t < length ? drawn.x[b][t] : [0, 0, 0]))
            }
        }
    }
}
