import RecurrentLinearAlgebra
import Recurrent
import TestSupport
import Testing

/// The programmer's errors: shapes and settings that do not fit stop the program.
@Suite struct PreconditionTests {
    private static let configuration = NetworkConfiguration(inputWidth: 2, stateWidth: 3, outputWidth: 1)

    private static func network(
        _ configuration: NetworkConfiguration = configuration
    ) -> RecurrentNetwork<Double> {
        var generator = RandomGenerator(seed: 1)
        return RecurrentNetwork(configuration, using: &generator)
    }

    @Test func aWidthOfZeroStops() async {
        expectMessage(
            "I = 1, H = 0, O = 1",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = NetworkConfiguration(inputWidth: 1, stateWidth: 0, outputWidth: 1)
            })
    }

    @Test func aDropoutOfOneStops() async {
        expectMessage(
            "a dropout of 1.0 is not in 0..<1",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = NetworkConfiguration(inputWidth: 1, stateWidth: 1, outputWidth: 1, dropout: 1)
            })
    }

    @Test func recomputedStatesOfANetworkThatReadsBothWaysStop() async {
        expectMessage(
            "reads both ways keeps all states",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                let configuration = NetworkConfiguration(
                    inputWidth: 2, stateWidth: 3, outputWidth: 1, directions: .bidirectional)
                _ = Unfolding(for: PreconditionTests.network(configuration), states: .recomputed)
            })
    }

    @Test func settingsOutOfRangeStop() async {
        expectMessage(
            "learning rate of -1.0",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Optimiser<Double>(.sgd(), learningRate: -1)
            })
        expectMessage(
            "learning rate of nan",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Optimiser<Double>(.sgd(), learningRate: .nan)
            })
        expectMessage(
            "momentum of 1.0",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Optimiser<Double>(.sgd(momentum: 1), learningRate: 1)
            })
        expectMessage(
            "threshold of 0.0",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Optimiser<Double>(.sgd(), learningRate: 1, clipping: .norm(0))
            })
        expectMessage(
            "learning rate of 0.0",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                var optimiser = Optimiser<Double>(.adam(), learningRate: 1)
                optimiser.learningRate = 0
            })
    }

    @Test func schedulesOutOfRangeStop() async {
        expectMessage(
            "step -1 is negative",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Schedule.constant(1).learningRate(at: -1)
            })
        expectMessage(
            "at least one step, not 0",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Schedule.cosine(1, steps: 0).learningRate(at: 0)
            })
        expectMessage(
            "factor of 1.0",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = ReduceOnPlateau(learningRate: 1, factor: 1)
            })
        expectMessage(
            "history of 0 steps",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = LBFGS<Double>(historySize: 0)
            })
    }

    @Test func momentsOfAnotherNetworkStop() async {
        expectMessage(
            "networks of different layout",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                var optimiser = Optimiser<Double>(.adam(), learningRate: 1)
                var (small, large) = (Parameters<Double>([1, 2]), Parameters<Double>([1, 2, 3]))
                optimiser.update(&small, along: small)
                optimiser.update(&large, along: large)
            })
    }

    @Test func aPartOfTheWrongShapeStops() async {
        expectMessage(
            "3 × 3 does not match 2 × 3",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                var network = PreconditionTests.network()
                network.parameters[.stateWeights] = Matrix(rows: 2, columns: 3)
            })
    }

    @Test func noWorkersStop() async {
        expectMessage(
            "at least one worker, not 0",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Unfolding(for: PreconditionTests.network(), workers: 0)
            })
    }
}
