import AllocationCounter
import LinearAlgebra
import Recurrent
import Testing

/// Steady loops ask for no memory, but for what a BLAS library asks for inside its own functions. Counted over the
/// whole process, so nothing else may run meanwhile, and in a release build: `make test` runs this suite by itself.
@Suite(.serialized, .enabled(if: isReleaseBuild)) struct AllocationTests {
    /// How often memory was asked for in ten runs of `body`, once it has run for a while: the fewest of three
    /// tries, since a worker that joins late asks for its own beginnings.
    private func allocations(_ body: () throws -> Void) rethrows -> Int {
        for _ in 0..<20 { try body() }
        return try (0..<3).map { _ in
            let before = allocation_count()
            for _ in 0..<10 { try body() }
            return allocation_count() - before
        }.min()!
    }

    @Test func theCounterCounts() {
        var kept: [[Int]] = []
        #expect(allocations { kept.append(Array(repeating: 1, count: 100 + kept.count)) } >= 10)
    }

    @Test(
        arguments: [1, 2, 3],
        [
            Model(T: 20, B: 17, I: 32, H: 96, O: 32), Model(T: 20, B: 17, ragged: true, I: 21, H: 71, O: 13),
            Model(
                layers: 2, dropout: 0.2, stateDropout: 0.2, T: 20, B: 17, ragged: true, I: 21, H: 71, O: 13),
            Model(
                layers: 2, directions: .bidirectional, readOut: .meanOverSteps, T: 20, B: 17, ragged: true,
                I: 21, H: 71, O: 13),
            Model(
                directions: .bidirectionalSum, readOut: .lastStep, embeddingWidth: 16, T: 20, B: 17,
                ragged: true, I: 21, H: 71, O: 13),
        ])
    func trainingStepsAskForNoMemory(workers: Int, model: Model) throws {
        let drawn = try Drawn<Double>(model)
        for states in [StateStorage.kept, .recomputed] {
            if states == .recomputed && model.directions != .forward { continue }
            var network = drawn.network
            let unfolding = Unfolding<Double>(model.configuration, workers: workers, states: states)
            var optimiser = Optimiser<Double>(.sgd(momentum: 0.9), learningRate: 1e-3, clipping: .norm(1))
            let count = try allocations {
                _ = try optimiser.step(
                    &network, in: unfolding, on: drawn.batch, drawn.objective, dropoutSeed: drawn.dropoutSeed)
            }
            #expect(count == 0, "\(states)")
        }
    }

    /// Wide enough for updates to be shared.
    @Test(arguments: [1, 2], OptimiserTests.settings)
    func noRuleAsksForMemory(workers: Int, setting: OptimiserTests.Setting) throws {
        let drawn = try Drawn<Float>(Model(T: 2, B: 3, I: 60, H: 330, O: 20))
        var network = drawn.network
        let unfolding = Unfolding<Float>(network.configuration, workers: workers)
        var optimiser = setting.optimiser(in: Float.self, clipping: .norm(1))
        let schedule = Schedule.warmUp(steps: 20, .cosine(1e-3, steps: 1000))
        let count = try allocations {
            optimiser.learningRate = schedule.learningRate(at: optimiser.stepCount)
            _ = try optimiser.step(&network, in: unfolding, on: drawn.batch, drawn.objective)
        }
        #expect(count == 0)
    }

    @Test func iterationsOfLBFGSAskForNoMemory() throws {
        let drawn = try Drawn<Double>(Model(T: 20, B: 17, I: 32, H: 96, O: 32))
        var (network, search) = (drawn.network, LBFGS<Double>())
        let unfolding = Unfolding<Double>(network.configuration, workers: 2)
        let count = try allocations {
            _ = try search.step(&network, in: unfolding, on: drawn.batch, drawn.objective)
        }
        #expect(count == 0 && search.stepCount > 20)
    }

    @Test func trainingStepsOnTokensAskForNoMemory() throws {
        var generator = RandomGenerator(seed: 1)
        let configuration = ElmanConfiguration(
            inputWidth: 32, stateWidth: 96, outputWidth: 32, output: .softmax)
        var network = ElmanNetwork<Float>(configuration, using: &generator)
        let sequences = (1...9).map { length in (0..<length * 3).map { _ in generator.index(below: 32) } }
        let batch = try SequenceBatch<Float>(tokens: sequences, vocabulary: 32)
        let objective = try Objective(
            .crossEntropy, batch.targets(everyStep: sequences), on: batch, for: configuration)
        let unfolding = Unfolding<Float>(configuration, workers: 2)
        var optimiser = Optimiser<Float>(.sgd(), learningRate: 1e-3)
        let count = try allocations {
            _ = try optimiser.step(&network, in: unfolding, on: batch, objective)
        }
        #expect(count == 0)
    }

    @Test(arguments: [1, 2, 3], [false, true])
    func inferenceAsksForNoMemory(workers: Int, states: Bool) throws {
        for model in [
            Model(T: 20, B: 17, ragged: true, I: 32, H: 96, O: 32),
            Model(layers: 2, directions: .bidirectional, T: 20, B: 17, ragged: true, I: 32, H: 96, O: 32),
        ] { try expectNoRequests(inferring: model, workers, states) }
    }

    private func expectNoRequests(inferring model: Model, _ workers: Int, _ states: Bool) throws {
        let drawn = try Drawn<Float>(model)
        let unfolding = Unfolding<Float>(model.configuration, workers: workers)
        var pass = ForwardPass(for: drawn.batch, model.configuration, states: states)
        let count = try allocations {
            try unfolding.forward(drawn.network, on: drawn.batch, into: &pass)
        }
        #expect(count == 0)
    }

    @Test(arguments: [1, 5])
    func streamingAsksForNoMemory(sequences: Int) throws {
        let network = try Drawn<Double>(Model(I: 32, H: 128, O: 32)).network
        var state = network.state(sequences: sequences)
        let x = Matrix<Double>(rows: sequences, columns: 32) { _, _ in 0.5 }
        let (one, tokens) = (Array(repeating: 0.5, count: 32), Array(repeating: 3, count: sequences))
        #expect(try allocations { try network.step(x, &state) } == 0)
        #expect(try allocations { try network.step(tokens: tokens, &state) } == 0)
        if sequences == 1 { #expect(try allocations { try network.step(one, &state) } == 0) }
    }
}

private var isReleaseBuild: Bool {
    #if DEBUG
        false
    #else
        true
    #endif
}
