import RecurrentLinearAlgebra
import Recurrent

/// Whether steady loops ask for no memory, but for what a BLAS library asks for inside its own functions: training steps
/// of all kinds of networks and optimisers, forward passes and streaming steps. In a release build only: without
/// optimisation Swift asks for memory in loops that are none of it. Prints what asks for some, and a line at the end.
func checkAllocations() throws -> Bool {
    var loops = 0
    var isRight = true
    func expectNone(_ name: String, _ body: () throws -> Void) rethrows {
        loops += 1
        let count = try Allocations(warmUp: 20, runs: 10, body).count
        guard count != 0 else { return }
        print("check \(name): \(count) requests for memory in 10 runs, WRONG")
        isRight = false
    }

    for (name, configuration) in AllocationCase.networks {
        for workers in 1...3 {
            let drawn = try AllocationCase(configuration)
            for states in [StateStorage.kept, .recomputed] {
                if states == .recomputed && configuration.isBidirectional { continue }
                let step = drawn.trainingStep(.sgd(momentum: 0.9), workers: workers, states: states)
                try expectNone("training steps, \(name), \(workers) workers, states \(states)", step)
            }
            for states in [false, true] {
                let unfolding = Unfolding(for: drawn.network, workers: workers)
                var pass = ForwardPass(for: drawn.batch, drawn.network, states: states)
                try expectNone("forward passes, \(name), \(workers) workers") {
                    try unfolding.forward(drawn.network, on: drawn.batch, into: &pass)
                }
            }
        }
    }
    for workers in 1...3 {
        let many = try AllocationCase(AllocationCase.networks[1].configuration, steps: 40, sequences: 140)
        let step = many.trainingStep(.sgd(), workers: workers)
        try expectNone("training steps on many sequences, \(workers) workers", step)
        let one = try AllocationCase(AllocationCase.networks[1].configuration, steps: 100, sequences: 1)
        let oneStep = one.trainingStep(.sgd(), workers: workers)
        try expectNone("training steps on one sequence, \(workers) workers", oneStep)
    }
    // Wide enough for updates to be shared.
    let wide = try AllocationCase(
        NetworkConfiguration(inputWidth: 60, stateWidth: 330, outputWidth: 20), steps: 2)
    for rule in AllocationCase.rules {
        for workers in 1...2 {
            try expectNone("updates, \(rule), \(workers) workers", wide.trainingStep(rule, workers: workers))
        }
    }
    let plain = try AllocationCase(AllocationCase.networks[0].configuration)
    var (network, search) = (plain.network, LBFGS<Float>())
    let unfolding = Unfolding(for: network, workers: 2)
    try expectNone("iterations of L-BFGS") {
        _ = try search.step(&network, in: unfolding, on: plain.batch, plain.objective)
    }
    for sequences in [1, 5] {
        var state = plain.network.state(sequences: sequences)
        let x = Matrix<Float>(rows: sequences, columns: 32) { _, _ in 0.5 }
        let tokens = Array(repeating: 3, count: sequences)
        try expectNone("streaming steps") { try plain.network.step(x, &state) }
        try expectNone("streaming steps on tokens") { try plain.network.step(tokens: tokens, &state) }
    }
    var kept: [[Int]] = []
    let counted = Allocations(warmUp: 1, runs: 10) {
        kept.append(Array(repeating: 1, count: 100 + kept.count))
    }
    isRight = isRight && counted.count >= 10
    print(
        "check requests for memory in \(loops) steady loops of training, inference and streaming: \(isRight ? "none, right" : "some, WRONG")"
    )
    return isRight
}

/// A network with a ragged batch, as tokens where it embeds them.
private final class AllocationCase {
    let network: RecurrentNetwork<Float>
    let batch: SequenceBatch<Float>
    let objective: Objective<Float>

    static let networks: [(name: String, configuration: NetworkConfiguration)] = [
        ("plain", NetworkConfiguration(inputWidth: 32, stateWidth: 96, outputWidth: 32)),
        (
            "two layers with dropout",
            NetworkConfiguration(
                inputWidth: 21, stateWidth: 71, outputWidth: 13, layers: 2, dropout: 0.2, stateDropout: 0.2)
        ),
        (
            "two layers both ways",
            NetworkConfiguration(
                inputWidth: 21, stateWidth: 71, outputWidth: 13, layers: 2, directions: .bidirectional,
                readOut: .meanOverSteps)
        ),
        (
            "embedded tokens, both ways",
            NetworkConfiguration(
                inputWidth: 21, stateWidth: 71, outputWidth: 13, output: .softmax,
                directions: .bidirectionalSum, embeddingWidth: 16, readOut: .lastStep)
        ),
        ("tokens", NetworkConfiguration(inputWidth: 32, stateWidth: 96, outputWidth: 32, output: .softmax)),
    ]

    static let rules: [OptimisationRule] = [
        .sgd(), .sgd(momentum: 0.8, nesterov: true), .adagrad(), .rmsProp(momentum: 0.9), .adam(), .adamW(),
    ]

    init(_ configuration: NetworkConfiguration, steps: Int = 20, sequences: Int = 17) throws {
        var generator = RandomGenerator(seed: 1)
        network = RecurrentNetwork(configuration, using: &generator)
        let lengths = (0..<sequences).map { max(1, steps - $0 % 20) }
        let isTokens = configuration.output == .softmax
        if isTokens {
            let tokens = lengths.map { length in
                (0..<length).map { _ in generator.index(below: configuration.inputWidth) }
            }
            batch = try SequenceBatch(tokens: tokens, vocabulary: configuration.inputWidth)
        } else {
            let inputs = Matrix<Float>(rows: steps * sequences, columns: configuration.inputWidth) { _, _ in
                Float(generator.uniform(within: 1))
            }
            batch = try SequenceBatch(inputs: inputs, steps: steps, sequences: sequences, lengths: lengths)
        }
        let rows = configuration.isPooled ? sequences : batch.steps * sequences
        let targets: Targets<Float> =
            isTokens
            ? .classes((0..<rows).map { Int32($0 % configuration.outputWidth) })
            : .values(Matrix(rows: rows, columns: configuration.outputWidth) { _, _ in 0.5 })
        objective = try Objective(
            isTokens ? .crossEntropy : .halfSquaredError, targets, on: batch, for: configuration)
    }

    /// A training step each time it is called.
    func trainingStep(
        _ rule: OptimisationRule, workers: Int, states: StateStorage = .kept
    ) -> () throws -> Void {
        let training = Training(self, rule, workers: workers, states: states)
        return training.step
    }

    private final class Training {
        private let drawn: AllocationCase
        private var network: RecurrentNetwork<Float>
        private var optimiser: Optimiser<Float>
        private let unfolding: Unfolding<Float>
        private let schedule = Schedule.warmUp(steps: 20, .cosine(1e-3, steps: 1000))

        init(_ drawn: AllocationCase, _ rule: OptimisationRule, workers: Int, states: StateStorage) {
            self.drawn = drawn
            network = drawn.network
            optimiser = Optimiser(rule, learningRate: 1e-3, clipping: .norm(1))
            unfolding = Unfolding(for: network, workers: workers, states: states)
        }

        func step() throws {
            optimiser.learningRate = schedule.learningRate(at: optimiser.stepCount)
            _ = try optimiser.step(
                &network, in: unfolding, on: drawn.batch, drawn.objective, dropoutSeed: 7)
        }
    }
}
