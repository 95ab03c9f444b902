import RecurrentLinearAlgebra
import Recurrent

/// Checks that steady loops allocate nothing (apart from what a BLAS library allocates inside its own functions):
/// training steps of all kinds of networks and optimisers, forward passes and streaming steps. In a release build only:
/// without optimisation Swift allocates in loops that otherwise do not. Prints the loops that allocate, and a summary.
///
/// - Returns: true if no loop allocates.
func checkAllocations() throws -> Bool {
    var check = AllocationCheck()
    try check.checkNetworks()
    try check.checkBatches()
    try check.checkOptimisers()
    try check.checkStreaming()
    check.checkCounter()
    check.printSummary()
    return check.isRight
}

private struct AllocationCheck {
    private(set) var isRight = true
    private var loops = 0

    /// Training steps and forward passes of every kind of network.
    mutating func checkNetworks() throws {
        for (name, configuration) in AllocationCase.networks {
            let drawn = try AllocationCase(configuration)
            for workers in 1...3 {
                for states in [StateStorage.kept, .recomputed] {
                    if states == .recomputed && configuration.isBidirectional { continue }
                    let step = drawn.trainingStep(.sgd(momentum: 0.9), workers: workers, states: states)
                    try expectNone("training steps, \(name), \(workers) workers, states \(states)", step)
                }
                for states in [false, true] {
                    let loop = InferenceLoop(
                        drawn.network, on: drawn.batch, states: states, workers: workers)
                    try expectNone("forward passes, \(name), \(workers) workers", loop.pass)
                }
            }
        }
    }

    /// Batches of very many sequences, and of one; gradients that are clipped in every timestep.
    mutating func checkBatches() throws {
        let deep = AllocationCase.networks.filter { $0.name.contains("layers") }
        for (name, configuration) in deep {
            for workers in 1...3 {
                let many = try AllocationCase(configuration, steps: 40, sequences: 140)
                let step = many.trainingStep(.sgd(), workers: workers)
                try expectNone("training steps, \(name), many sequences, \(workers) workers", step)
                let limited = many.trainingStep(.sgd(), workers: workers, clipping: .timestep(0.01))
                try expectNone("training steps, \(name), limited in every step, \(workers) workers", limited)
                let one = try AllocationCase(configuration, steps: 100, sequences: 1)
                let oneStep = one.trainingStep(.sgd(), workers: workers)
                try expectNone("training steps, \(name), one sequence, \(workers) workers", oneStep)
            }
        }
    }

    mutating func checkOptimisers() throws {
        // Wide enough for updates to be shared.
        let wide = try AllocationCase(
            NetworkConfiguration(inputWidth: 60, stateWidth: 330, outputWidth: 20), steps: 2)
        for rule in AllocationCase.rules {
            for workers in 1...2 {
                try expectNone(
                    "updates, \(rule), \(workers) workers", wide.trainingStep(rule, workers: workers))
            }
        }
        let plain = try AllocationCase(AllocationCase.networks[0].configuration)
        var (network, search) = (plain.network, LBFGS<Float>())
        let unfolding = Unfolding(for: network, workers: 2)
        try expectNone("iterations of L-BFGS") {
            _ = try search.step(&network, in: unfolding, on: plain.batch, plain.objective)
        }
    }

    /// Streams of every network that can stream, fed with values and with tokens.
    mutating func checkStreaming() throws {
        for (name, configuration) in AllocationCase.networks where !configuration.isBidirectional {
            let network = try AllocationCase(configuration).network
            for sequences in [1, 5] {
                var state = network.state(sequences: sequences)
                let x = Matrix<Float>(rows: sequences, columns: configuration.inputWidth) { _, _ in 0.5 }
                let tokens = Array(repeating: 3, count: sequences)
                try expectNone("streaming steps, \(name)") { try network.step(x, &state) }
                try expectNone("streaming steps on tokens, \(name)") {
                    try network.step(tokens: tokens, &state)
                }
            }
        }
    }

    /// A loop that does allocate must be noticed.
    mutating func checkCounter() {
        var kept: [[Int]] = []
        let counted = Allocations(warmUp: 1, runs: 10) {
            kept.append(Array(repeating: 1, count: 100 + kept.count))
        }
        isRight = isRight && counted.count >= 10
    }

    func printSummary() {
        print(
            "check requests for memory in \(loops) steady loops of training, inference and streaming: \(isRight ? "none, right" : "some, WRONG")"
        )
    }

    private mutating func expectNone(_ name: String, _ body: () throws -> Void) rethrows {
        loops += 1
        let count = try Allocations(warmUp: 20, runs: 10, body).count
        guard count != 0 else { return }
        print("check \(name): \(count) requests for memory in 10 runs, WRONG")
        isRight = false
    }
}
