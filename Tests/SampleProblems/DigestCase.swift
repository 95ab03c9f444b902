import RecurrentLinearAlgebra
import Recurrent

/// A problem whose results are compared byte by byte, between two commits and between different numbers of workers.
package struct DigestCase: CustomStringConvertible, Sendable {
    package let problem: Problem
    package let states: StateStorage
    /// The number of steps that the gradient of each loss reaches back; all if nil.
    package let history: Int?
    package let clipping: Clipping

    init(
        _ problem: Problem, states: StateStorage = .kept, history: Int? = nil, clipping: Clipping = .norm(1)
    ) {
        (self.problem, self.states, self.history, self.clipping) = (problem, states, history, clipping)
    }

    package var description: String { "\(problem) \(states) history:\(history ?? 0) \(clipping)" }

    /// The bytes of everything that the engine computes for the problem: E, gradients, states and outputs, the loss
    /// alone, the losses of some training steps, the parameters after them, and the outputs of a stream if the network
    /// can stream.
    package func results<S: Scalar>(
        in type: S.Type, workers: Int, trainingSteps: Int = 20
    ) throws -> [UInt8] {
        let drawn = try Drawn<S>(problem)
        let unfolding = Unfolding(for: drawn.network, workers: workers, states: states, history: history)
        var bytes: [UInt8] = []
        func add<T>(_ numbers: [T]) { unsafe numbers.withUnsafeBytes { unsafe bytes += $0 } }

        add([try drawn.lossAndGradient(in: unfolding)])
        add(unfolding.gradient.elements)
        add(unfolding.initialStateGradient?.elements ?? [])
        add(unfolding.inputGradient?.elements ?? [])
        var pass = ForwardPass(for: drawn.batch, drawn.network, states: true)
        try unfolding.forward(drawn.network, on: drawn.batch, from: drawn.initialState, into: &pass)
        add(pass.states.elements + pass.outputs.elements + pass.finalState.elements)
        add([
            try unfolding.loss(
                of: drawn.network, on: drawn.batch, drawn.objective, from: drawn.initialState,
                dropoutSeed: drawn.dropoutSeed)
        ])

        var network = drawn.network
        var optimiser = Optimiser<S>(.sgd(momentum: 0.9), learningRate: 0.01, clipping: clipping)
        for _ in 0..<trainingSteps {
            let report = try optimiser.step(
                &network, in: unfolding, on: drawn.batch, drawn.objective, from: drawn.initialState,
                dropoutSeed: drawn.dropoutSeed)
            add([report.loss])
        }
        add(network.parameters.elements)
        if canStream { try stream(network).forEach { add($0) } }
        return bytes
    }

    private var canStream: Bool {
        problem.directions == .forward && problem.readOut != .meanOverSteps
    }

    /// The outputs and states of five steps of two sequences.
    private func stream<S: Scalar>(_ network: RecurrentNetwork<S>) throws -> [[S]] {
        var generator = RandomGenerator(seed: 3)
        var state = network.state(sequences: 2)
        return try (0..<5).map { _ in
            if problem.embeddingWidth != nil {
                let tokens = [generator.index(below: problem.I), generator.index(below: problem.I)]
                try network.step(tokens: tokens, &state)
            } else {
                let x = Matrix<S>(rows: 2, columns: problem.I) { _, _ in S(generator.uniform(within: 1)) }
                try network.step(x, &state)
            }
            return state.outputs.elements + state.values.elements
        }
    }
}

extension DigestCase {
    /// Every feature in a small network, and every way to divide a batch: one block whose chunks are shared, several
    /// blocks, shards, teams, several segments, recomputed states, a limited history, both directions.
    package static let all =
        Problem.elman.map { DigestCase($0) } + sharedChunks + severalBlocks + shards + bothWays + histories
        + recomputed + clipped + gated + wide

    private static let sharedChunks = [
        Problem(T: 401, B: 1, I: 9, H: 37, O: 11), Problem(T: 1300, B: 1, I: 200, H: 11, O: 200),
        Problem(layers: 3, dropout: 0.3, stateDropout: 0.2, T: 300, B: 3, ragged: true, I: 9, H: 37, O: 11),
        Problem(
            layers: 2, readOut: .meanOverSteps, embeddingWidth: 7, T: 141, B: 2, ragged: true, I: 50, H: 37,
            O: 11),
        Problem(T: 50, B: 3, I: 32, H: 64, O: 32),
        Problem(
            output: .sigmoid, loss: .binaryCrossEntropy, outputBias: false, T: 61, B: 1, I: 3, H: 67, O: 1),
        Problem(layers: 2, readOut: .lastStep, T: 41, B: 3, I: 5, H: 67, O: 11),
    ].map { DigestCase($0) }

    private static let severalBlocks = [
        Problem(T: 23, B: 5, I: 9, H: 37, O: 11),
        Problem(
            activation: .sigmoid, output: .softmax, loss: .crossEntropy, T: 31, B: 18, ragged: true, I: 7,
            H: 33,
            O: 13),
        Problem(T: 800, B: 18, ragged: true, I: 9, H: 37, O: 11),
        Problem(layers: 3, dropout: 0.3, stateDropout: 0.2, T: 300, B: 18, ragged: true, I: 9, H: 37, O: 11),
        Problem(readOut: .lastStep, learnsInitialState: true, T: 900, B: 18, I: 9, H: 37, O: 11),
        Problem(activation: .relu, stateBias: false, T: 1, B: 67, I: 65, H: 34, O: 3),
        Problem(activation: .identity, recurrent: false, T: 13, B: 35, ragged: true, I: 33, H: 31, O: 2),
    ].map { DigestCase($0) }

    private static let shards = [
        Problem(T: 130, B: 130, ragged: true, I: 9, H: 37, O: 11),
        Problem(layers: 2, dropout: 0.3, stateDropout: 0.2, T: 9, B: 270, I: 9, H: 17, O: 11),
        Problem(learnsInitialState: true, T: 9, B: 130, ragged: true),
        Problem(readOut: .lastStep, T: 300, B: 130, I: 20, H: 6),
        Problem(output: .softmax, loss: .crossEntropy, T: 9, B: 300, ragged: true, steps: .last),
    ].map { DigestCase($0) }

    private static let bothWays = [
        Problem(
            layers: 2, directions: .bidirectional, dropout: 0.3, stateDropout: 0.2, T: 41, B: 18,
            ragged: true,
            I: 9, H: 37, O: 11),
        Problem(
            layers: 2, directions: .bidirectionalSum, readOut: .meanOverSteps, embeddingWidth: 7,
            learnsInitialState: true, T: 41, B: 18, ragged: true, I: 50, H: 37, O: 11),
        Problem(
            activation: .relu, layers: 3, directions: .bidirectional, stateDropout: 0.3, T: 20, B: 9,
            ragged: true, I: 600, H: 3),
        // Differentiated in several segments.
        Problem(
            activation: .relu, layers: 2, directions: .bidirectional, stateDropout: 0.3, T: 40, B: 9, I: 3000,
            H: 3),
    ].map { DigestCase($0) }

    private static let histories = [
        DigestCase(Problem(layers: 2, T: 60, B: 2, I: 60, H: 64), history: 4, clipping: .timestep(0.01)),
        DigestCase(Problem(T: 9, B: 5, ragged: true), history: 3),
        DigestCase(Problem(layers: 2, T: 61, B: 9, ragged: true, I: 9, H: 37, O: 11), history: 5),
        DigestCase(
            Problem(layers: 2, dropout: 0.3, stateDropout: 0.3, T: 9, B: 130, ragged: true), history: 2),
    ]

    private static let recomputed = [
        DigestCase(Problem(embeddingWidth: 4, T: 60, B: 5, ragged: true, I: 9), states: .recomputed),
        DigestCase(Problem(T: 800, B: 18, ragged: true, I: 9, H: 37, O: 11), states: .recomputed),
        DigestCase(Problem(T: 400, B: 2, I: 9, H: 37, O: 11), states: .recomputed),
        DigestCase(
            Problem(
                layers: 3, readOut: .meanOverSteps, dropout: 0.2, stateDropout: 0.2, T: 26, B: 21,
                ragged: true),
            states: .recomputed),
        DigestCase(
            Problem(layers: 2, readOut: .lastStep, learnsInitialState: true, T: 26, B: 5, ragged: true),
            states: .recomputed),
    ]

    private static let clipped = [
        DigestCase(Problem(layers: 2, T: 9, B: 5, ragged: true), clipping: .timestep(0.01)),
        DigestCase(Problem(directions: .bidirectional, T: 9, B: 5, ragged: true), clipping: .timestep(0.01)),
        DigestCase(Problem(T: 9, B: 5, ragged: true), clipping: .value(0.01)),
    ]
}
