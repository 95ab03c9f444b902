import Foundation
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import Testing

/// Parameters that learn in ways of their own.
@Suite struct ParameterGroupTests {
    private static let configuration = NetworkConfiguration(
        inputWidth: 5,
        layers: [
            RecurrentLayer(.lstm, stateWidth: 4),
            RecurrentLayer(.gru(), stateWidth: 3, directions: .bidirectional),
        ],
        outputWidth: 2, embeddingWidth: 3, learnsInitialState: true)

    private static let groups: [ParameterGroup] = [
        ParameterGroup(.biases, weightDecay: 0), ParameterGroup(.layer(0), rateFactor: 0.5, weightDecay: 0.3),
        .frozen(ParameterSelection(.stateWeights(layer: 0, gate: .forget))),
        ParameterGroup(ParameterSelection(layers: [1], isReverse: true), rateFactor: 3),
        .frozen(ParameterSelection(.stateBias(layer: 1, gate: .update))), .frozen(.embedding),
    ]

    private struct Manner: Equatable {
        var rate = 1.0
        var decay: Double? = nil
    }

    /// What the groups above say of a part, or of a gate's columns in it.
    private func manner(of name: ParameterName, gate: Gate?) -> Manner {
        let isBias = ["b_s", "b_n", "b_y"].contains(name.kind.rawValue)
        switch (name.kind, name.layer) {
        case (.embedding, _): return Manner(rate: 0)
        case (.outputWeights, _): return Manner()
        case (.outputBias, _): return Manner(decay: 0)
        case (.stateWeights, 0) where gate == .forget: return Manner(rate: 0)
        case (.stateBias, 1) where !name.isReverse && gate == .update: return Manner(rate: 0)
        case (_, 0): return Manner(rate: 0.5, decay: 0.3)
        default: return name.isReverse ? Manner(rate: 3) : isBias ? Manner(decay: 0) : Manner()
        }
    }

    private func random<S: Scalar>(_ layout: ParameterLayout, seed: UInt64, in type: S.Type) -> Parameters<S>
    {
        var generator = RandomGenerator(seed: seed)
        var parameters = Parameters<S>(layout: layout)
        for part in layout.parts {
            parameters[part.name] = Matrix(rows: part.rows, columns: part.columns) { _, _ in
                S(generator.uniform(within: 1))
            }
        }
        return parameters
    }

    @Test(arguments: OptimiserTests.settings)
    func eachGroupLearnsAsAnOptimiserOfItsOwnWould(setting: OptimiserTests.Setting) {
        let layout = ParameterLayout(Self.configuration)
        let start = random(layout, seed: 1, in: Double.self)
        func result(_ optimiser: Optimiser<Double>) -> Parameters<Double> {
            var (optimiser, parameters) = (optimiser, start)
            for step in 0..<9 {
                let gradient = random(layout, seed: UInt64(step + 2), in: Double.self)
                optimiser.update(&parameters, along: gradient)
            }
            return parameters
        }
        let decay = setting.weightDecay
        let found = result(
            Optimiser(setting.rule, learningRate: 0.05, weightDecay: decay, groups: Self.groups))
        for part in layout.parts {
            for gate in part.gates.isEmpty ? [Gate?.none] : part.gates.map({ $0 }) {
                let manner = manner(of: part.name, gate: gate)
                let expected =
                    manner.rate == 0
                    ? start
                    : result(
                        Optimiser(
                            setting.rule, learningRate: 0.05 * manner.rate, weightDecay: manner.decay ?? decay
                        ))
                let columns = gate.flatMap { part.columns(of: $0) } ?? 0..<part.columns
                let (a, b) = (found[part.name]!, expected[part.name]!)
                let isSame = (0..<part.rows).allSatisfy { row in
                    columns.allSatisfy { a[row, $0] == b[row, $0] }
                }
                #expect(isSame, "\(part.name), \(gate.map { "\($0)" } ?? "all"), \(setting)")
            }
        }
    }

    /// Signs of zero and numbers that no update could leave alone.
    @Test(arguments: OptimiserTests.settings)
    func frozenParametersKeepTheirBytes(setting: OptimiserTests.Setting) throws {
        let drawn = try Drawn<Float>(Problem(cell: .lstm, layers: 2, T: 5, B: 3, ragged: true))
        var network = drawn.network
        network.parameters[.stateBias(layer: 0)] = Matrix(rows: 1, columns: 20) { _, column in
            [-0.0, 0.0, .leastNonzeroMagnitude, -1, 3][column % 5]
        }
        let before = network.parameters
        let groups: [ParameterGroup] = [
            .frozen(.layer(0)), .frozen(ParameterSelection(.inputWeights(layer: 1, gate: .output))),
        ]
        var optimiser = Optimiser<Float>(
            setting.rule, learningRate: 0.05, weightDecay: setting.weightDecay, clipping: .norm(0.1),
            groups: groups)
        let unfolding = Unfolding(for: network)
        for _ in 0..<5 { _ = try optimiser.step(&network, in: unfolding, on: drawn.batch, drawn.objective) }
        func bits(_ parameters: Parameters<Float>, _ name: ParameterName) -> [UInt32] {
            parameters[name]!.elements.map(\.bitPattern)
        }
        for part in before.layout.parts {
            let isFrozen = part.name.layer == 0 && !["W_y", "b_y"].contains(part.name.kind.rawValue)
            #expect(
                (bits(network.parameters, part.name) == bits(before, part.name)) == isFrozen, "\(part.name)")
        }
        let gate = ParameterName.inputWeights(layer: 1, gate: .output)
        #expect(bits(network.parameters, gate) == bits(before, gate))
    }

    @Test func frozenParametersHaveNoPartInTheNorm() throws {
        let drawn = try Drawn<Double>(Problem(layers: 2))
        var network = drawn.network
        let unfolding = Unfolding(for: network)
        _ = try unfolding.lossAndGradient(of: network, on: drawn.batch, drawn.objective)
        let squares = [ParameterName.outputWeights, .outputBias].flatMap { unfolding.gradient[$0]!.elements }
            .map { $0 * $0 }
        let norm = squares.reduce(0, +).squareRoot()
        #expect(unfolding.gradient.norm > 1.01 * norm)
        var optimiser = Optimiser<Double>(
            .sgd(), learningRate: 1, clipping: .norm(norm / 2), groups: [.frozen(.beforeReadOut)])
        let report = try optimiser.step(&network, in: unfolding, on: drawn.batch, drawn.objective)
        #expect(report.wasClipped && abs(report.gradientNorm - norm) <= Tolerance.naive * norm)
        let moved = zip(network.parameters.elements, drawn.network.parameters.elements).map { $0 - $1 }
        let distance = moved.map { $0 * $0 }.reduce(0, +).squareRoot()
        #expect(abs(distance - norm / 2) <= Tolerance.naive * norm)
    }

    @Test func theSameBitsOnAnyNumberOfWorkers() throws {
        // More than eight chunks of parameters, with groups whose columns end within them.
        let drawn = try Drawn<Float>(Problem(cell: .lstm, T: 2, B: 2, I: 60, H: 170, O: 20))
        func train(workers: Int) throws -> [UInt32] {
            var network = drawn.network
            let unfolding = Unfolding(for: network, workers: workers)
            var optimiser = Optimiser<Float>(
                .adamW(), learningRate: 0.01,
                groups: [
                    ParameterGroup(.biases, weightDecay: 0),
                    ParameterGroup(ParameterSelection(gates: [.forget]), rateFactor: 0.1),
                    .frozen(ParameterSelection(kinds: [.stateWeights], gates: [.candidate])),
                ])
            for _ in 0..<3 {
                _ = try optimiser.step(&network, in: unfolding, on: drawn.batch, drawn.objective)
            }
            #expect(network != drawn.network)
            return network.parameters.elements.map(\.bitPattern)
        }
        let alone = try train(workers: 1)
        #expect(alone.count > 8 * 16_384)
        for workers in [2, 3, 7] { #expect(try train(workers: workers) == alone, "\(workers) workers") }
    }

    @Test func aGroupOfEverythingIsNoGroup() throws {
        let training = SampleTraining.ragged
        func result(_ groups: [ParameterGroup]) throws -> [UInt8] {
            let trainer = try training.trainer(Double.self) { $0.groups = groups }
            try trainer.run()
            return training.result(trainer)
        }
        #expect(try result([ParameterGroup(.all)]) == result([]))
        #expect(try result([ParameterGroup(.all, rateFactor: 0.5)]) != result([]))
    }

    @Test func anAverageKeepsFrozenParametersToTheByte() throws {
        let training = SampleTraining.groups
        let start = training.network(Double.self).parameters
        let trainer = try training.trainer(Double.self) { $0.averageDecay = 0.9 }
        try trainer.run()
        let average = trainer.averageNetwork.parameters
        for name in [ParameterName.inputWeights, .initialState] { #expect(average[name] == start[name]) }
        #expect(average[.stateWeights] != trainer.network.parameters[.stateWeights])
    }

    @Test func aClosureFindsFrozenGradientsZeroAndCannotMoveThem() throws {
        let training = SampleTraining.groups
        let (plain, watched) = (try training.trainer(Double.self), try training.trainer(Double.self))
        watched.onGradient = { gradient, _ in
            #expect(gradient[.inputWeights]!.largestMagnitude == 0)
            gradient[.inputWeights] = Matrix(rows: 3, columns: 24) { _, _ in 7 }
        }
        try plain.run()
        try watched.run()
        #expect(training.result(watched) == training.result(plain))
    }

    @Test func theLineSearchLeavesFrozenParametersAlone() throws {
        let drawn = try Drawn<Double>(Problem(layers: 2, T: 6, B: 4, ragged: true))
        var network = drawn.network
        network.parameters[.stateBias(layer: 0)] = [[-0.0, 0.0, -0.0, 1, 2]]
        let before = network.parameters
        var search = LBFGS<Double>(frozen: [.layer(0), ParameterSelection(.stateBias(layer: 1))])
        let unfolding = Unfolding(for: network)
        let first = try search.step(&network, in: unfolding, on: drawn.batch, drawn.objective, iterations: 40)
        let end = try unfolding.loss(of: network, on: drawn.batch, drawn.objective)
        #expect(end < first.loss / 2)
        for part in before.layout.parts {
            let isFrozen =
                !["W_y", "b_y"].contains(part.name.kind.rawValue)
                && (part.name.layer == 0 || part.name.kind == .stateBias)
            let (a, b) = (network.parameters[part.name]!, before[part.name]!)
            let isSame = a.elements.map(\.bitPattern) == b.elements.map(\.bitPattern)
            #expect(isSame == isFrozen, "\(part.name)")
        }
        // Frozen, all but the bias of the outputs is a constant, and that bias has its minimum at once.
        var last = LBFGS<Double>(
            frozen: [.beforeReadOut, ParameterSelection(.outputWeights)])
        let report = try last.step(&network, in: unfolding, on: drawn.batch, drawn.objective, iterations: 30)
        _ = try unfolding.lossAndGradient(of: network, on: drawn.batch, drawn.objective)
        #expect(unfolding.gradient[.outputBias]!.largestMagnitude <= 1e-6 * max(1, report.gradientNorm))
    }

    @Test func groupsThatAreWrongAreNamed() throws {
        func problem(_ groups: [ParameterGroup]) throws -> String {
            try #require(throws: TrainerError.self) {
                _ = try SampleTraining.ragged.trainer(Double.self) { $0.groups = groups }
            }.description
        }
        #expect(try problem([ParameterGroup(.biases, rateFactor: -1)]).contains("-1.0 is not at least 0"))
        #expect(try problem([ParameterGroup(.biases, weightDecay: .nan)]).contains("weight decay of nan"))
        #expect(try problem([ParameterGroup(.biases, rateFactor: 1e-323)]).contains("learning rate of"))
        #expect(
            try problem([.frozen(ParameterSelection(.inputWeights(layer: 2)))])
                == "a group has none of the network's parameters: W_x of layer 3 forward")
        #expect(
            try problem([.frozen(ParameterSelection(gates: [.forget]))])
                == "a group has none of the network's parameters: of the gates forget")
        #expect(try problem([.frozen(.all)]).contains("all parameters are frozen"))
    }
}
