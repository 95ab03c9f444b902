import Foundation
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import TestSupport
import Testing

/// The examples of GettingStarted.md and of README.md.
@Suite struct GettingStartedTests {
    @Test func theFirstNetworkRemembersTheStepBefore() throws {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder + "/echo.safetensors"

            var generator = RandomGenerator(seed: 1)
            let inputs = (0..<64).map { _ in (0..<10).map { _ in [generator.uniform(within: 1)] } }
            let targets = inputs.map { [[0.0]] + $0.dropLast() }
            let data = try SequenceDataSet<Double>(inputs, targets: .everyStep(targets))

            let configuration = NetworkConfiguration(inputWidth: 1, stateWidth: 8, outputWidth: 1)
            let beginning = RecurrentNetwork<Double>(configuration, using: &generator)

            let settings = TrainingSettings(loss: .meanSquaredError, learningRate: 0.02, epochs: 100)
            let trainer = try Trainer(beginning, on: .sequences(data), settings)
            try trainer.run { event in
                if case .epoch(let epoch) = event { print(epoch.epoch, epoch.loss) }
            }
            let network = trainer.network

            let batch = try SequenceBatch<Double>([[[0.5], [-0.25], [1]]])
            let pass = try network.forward(batch)
            print(pass.output(step: 3, sequence: 0))  // about -0.25, the second number
            #expect(abs(pass.output(step: 3, sequence: 0)[0] + 0.25) < 0.05)

            var state = network.state(sequences: 1)
            try network.step([0.5], &state)
            try network.step([-0.25], &state)
            print(state.outputs[0, 0])  // about 0.5, the first number
            #expect(abs(state.outputs[0, 0] - 0.5) < 0.05)

            try network.write(to: path)
            let again = try RecurrentNetwork<Double>(contentsOf: path)
            #expect(again == network)

            // The loss and the error that the page quotes.
            let first = try Trainer(beginning, on: .sequences(data), settings)
            var losses: [Double] = []
            try first.run { if case .epoch(let epoch) = $0 { losses.append(epoch.loss) } }
            #expect(abs(losses[0] - 0.3) < 0.1 && losses[99] < 0.001)
            let wrong = #expect(throws: DataError.self) {
                _ = try SequenceBatch<Double>([[[1]], [[1]], [[1]], [[1, 2]]])
            }
            #expect(try Page("GettingStarted.md").text.contains("    \(wrong?.description ?? "none")\n"))
        }
    }

    @Test func theReadmesNetworkLearnsParity() throws {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder + "/parity.safetensors"

            // Is the number of ones so far odd? Two sequences, of four steps and of two.
            let inputs = try SequenceBatch<Double>([[[1], [0], [1], [1]], [[0], [1]]])
            let targets = try inputs.targets(everyStep: [[[1], [1], [0], [1]], [[0], [1]]])

            var generator = RandomGenerator(seed: 1)
            let configuration = NetworkConfiguration(inputWidth: 1, stateWidth: 16, outputWidth: 1)
            var network = RecurrentNetwork<Double>(configuration, using: &generator)
            let objective = try Objective(.halfSquaredError, targets, on: inputs, for: network)

            let unfolding = Unfolding(for: network)
            var optimiser = Optimiser<Double>(.sgd(momentum: 0.9), learningRate: 0.05, clipping: .norm(1))
            for _ in 0..<500 { _ = try optimiser.step(&network, in: unfolding, on: inputs, objective) }

            let outputs = try network.forward(inputs).outputs  // row t·B + b: step t + 1 of sequence b
            try network.write(to: path)

            var state = network.state(sequences: 1)
            try network.step([1], &state)
            print(state.outputs)

            #expect(deviation(state.outputs, outputs.row(0)) < Tolerance.naive)
            #expect(zip([1, 0, 1, 1, 0], outputs.elements).allSatisfy { abs($0 - $1) < 0.05 })
            #expect(try RecurrentNetwork<Double>(contentsOf: path) == network)
        }
    }

    @Test func aGradientIsCheckedAsTheReadmeSays() throws {
        let drawn = try Drawn<Double>(Problem())
        let (network, batch, objective) = (drawn.network, drawn.batch, drawn.objective)

        let check = try GradientCheck(of: network, on: batch, objective)
        print("\(check.worst.name) deviates by \(check.worst.relative)")

        #expect(check.worst.relative <= GradientCheck.tolerance)
    }
}
