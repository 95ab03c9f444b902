import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import Testing

/// The parts of gated cells, their gates, and how they are drawn.
@Suite struct GatedParameterTests {
    private func shapes(_ problem: Problem) -> [String: [Int]] {
        let parts = ParameterLayout(problem.configuration).parts
        return Dictionary(uniqueKeysWithValues: parts.map { ($0.name.description, [$0.rows, $0.columns]) })
    }

    @Test func eachCellHasItsPartsAndNoOthers() {
        let common = ["W_y": [5, 2], "b_y": [1, 2], "s_0": [1, 5]]
        let lstm = ["W_x": [3, 20], "W_s": [5, 20], "b_s": [1, 20], "c_0": [1, 5]]
        let before = ["W_x": [3, 15], "W_s": [5, 15], "b_s": [1, 15]]
        let after = before.merging(["b_n": [1, 5]]) { $1 }
        let cells: [(RecurrentCell, [String: [Int]])] = [
            (.lstm, lstm), (.gru(.afterProduct), after), (.gru(.beforeProduct), before),
        ]
        for (cell, expected) in cells {
            let found = shapes(Problem(cell: cell, learnsInitialState: true))
            #expect(found == expected.merging(common) { $1 }, "\(cell)")
            let bare = shapes(Problem(cell: cell, stateBias: false, outputBias: false))
            #expect(Set(bare.keys) == ["W_x", "W_s", "W_y"], "\(cell)")
        }
        let feedforward = shapes(Problem(cell: .gru(), recurrent: false))
        #expect(feedforward["b_n"] == [1, 5] && feedforward["W_s"] == nil)
    }

    @Test func everyLayerAndDirectionHasItsOwn() {
        let stack = Problem(
            cells: [.lstm, .gru()], directions: .bidirectional, learnsInitialState: true)
        let found = shapes(stack)
        #expect(found["c_0 of layer 1, reverse"] == [1, 5] && found["b_n of layer 1, reverse"] == nil)
        #expect(found["b_n of layer 2"] == [1, 5] && found["b_n of layer 2, reverse"] == [1, 5])
        #expect(found["c_0 of layer 2"] == nil && found["W_x of layer 2, reverse"] == [10, 15])
    }

    private static let orders: [(RecurrentCell, inputs: [Gate], states: [Gate])] = [
        (
            .lstm, [.input, .forget, .candidate, .output],
            [.input, .forget, .candidate, .output]
        ),
        (.gru(), [.candidate, .reset, .update], [.reset, .update, .candidate]),
        (.gru(.beforeProduct), [.candidate, .reset, .update], [.reset, .update, .candidate]),
    ]

    @Test(arguments: 0..<3)
    func aGatesColumnsAreReadAndWrittenByItsName(index: Int) throws {
        let (cell, inputs, states) = Self.orders[index]
        let configuration = Problem(cell: cell).configuration
        var parameters = Parameters<Double>(layout: ParameterLayout(configuration))
        func number(_ gates: [Gate]) -> [Double] {
            gates.flatMap { gate in
                Array(repeating: Double(Gate.allCases.firstIndex(of: gate)! + 1), count: 5)
            }
        }
        for gate in inputs {
            for name in [
                ParameterName.inputWeights(layer: 0, gate: gate), .stateWeights(layer: 0, gate: gate),
                .stateBias(layer: 0, gate: gate),
            ] {
                let rows = try #require(parameters[name]).rows
                let value = Matrix(Array(repeating: number([gate]), count: rows))
                parameters[name] = value
                #expect(parameters[name] == value)
            }
        }
        #expect(parameters[.inputWeights]?.rowArrays == Array(repeating: number(inputs), count: 3))
        #expect(parameters[.stateWeights]?.rowArrays == Array(repeating: number(states), count: 5))
        #expect(parameters[.stateBias]?.rowArrays == [number(inputs)])
        let unknown = Gate.allCases.filter { !inputs.contains($0) }
        #expect(unknown.count == 6 - inputs.count)
        #expect(unknown.allSatisfy { parameters[.inputWeights(layer: 0, gate: $0)] == nil })
        #expect(parameters[.stateWeights(layer: 1, gate: .candidate)] == nil)
    }

    private func drawn(
        _ cell: RecurrentCell, _ initialiser: Initialiser, forgetBias: Double? = 1
    ) -> Parameters<Double> {
        var generator = RandomGenerator(seed: 3)
        let configuration = NetworkConfiguration(
            inputWidth: 20, stateWidth: 32, outputWidth: 30, cell: cell)
        return RecurrentNetwork(
            configuration, initialiser: initialiser, forgetBias: forgetBias, using: &generator
        ).parameters
    }

    @Test(arguments: 0..<3)
    func everyGateIsDrawnByItself(index: Int) throws {
        let (cell, gates, _) = Self.orders[index]
        let (orthogonal, identity) = (drawn(cell, .orthogonal), drawn(cell, .identity))
        let glorot = drawn(cell, .glorot)
        var blocks: [Matrix<Double>] = []
        for gate in gates {
            let Q = try #require(orthogonal[.stateWeights(layer: 0, gate: gate)])
            #expect((Q * Q.transposed - .identity(32)).largestMagnitude < 1e-14)
            #expect(!blocks.contains(Q))
            blocks.append(Q)
            #expect(identity[.stateWeights(layer: 0, gate: gate)] == .identity(32))
            for (name, rows) in [
                (ParameterName.inputWeights(layer: 0, gate: gate), 20.0),
                (.stateWeights(layer: 0, gate: gate), 32),
            ] {
                let bound = (6 / (rows + 32)).squareRoot()
                let largest = try #require(glorot[name]).largestMagnitude
                #expect(largest <= bound && largest > 0.95 * bound)
            }
        }
    }

    @Test(arguments: [1, 0.5, -2, nil] as [Double?])
    func theForgetBiasIsTheOneAskedFor(value: Double?) throws {
        let asked = drawn(.lstm, .uniform, forgetBias: value)
        let asDrawn = drawn(.lstm, .uniform, forgetBias: nil)
        let name = ParameterName.stateBias(layer: 0, gate: .forget)
        let bias = try #require(asked[name])
        var changed = asDrawn
        if let value { changed[name] = Matrix(rows: 1, columns: 32) { _, _ in value } }
        #expect(asked == changed)
        let isDrawn = bias.largestMagnitude <= 1 / 32.0.squareRoot() && bias.largestMagnitude > 0.1
        #expect(value == nil ? isDrawn : bias.elements.allSatisfy { $0 == value })
    }

    @Test func theForgetBiasIsOneUnlessAskedOtherwiseAndStandsOnceInAFile() throws {
        var generator = RandomGenerator(seed: 3)
        let configuration = Problem(cell: .lstm, layers: 2, directions: .bidirectional).configuration
        let network = RecurrentNetwork<Double>(configuration, initialiser: .glorot, using: &generator)
        let expected =
            [Double](repeating: 0, count: 5) + Array(repeating: 1, count: 5)
            + Array(repeating: 0, count: 10)
        let file = network.safetensors()
        for cell in ["l0", "l0_reverse", "l1", "l1_reverse"] {
            #expect(file["rnn.bias_ih_" + cell]?.elements(as: Double.self) == expected)
            #expect(file["rnn.bias_hh_" + cell]?.elements(as: Double.self)?.allSatisfy { $0 == 0 } == true)
        }
    }
}
