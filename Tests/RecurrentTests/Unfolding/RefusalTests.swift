import RecurrentLinearAlgebra
import Recurrent
import Testing

/// What a client sends, a file holds or data contain is refused by an error; the program goes on.
@Suite struct RefusalTests {
    private static func network(
        _ configuration: NetworkConfiguration = NetworkConfiguration(
            inputWidth: 2, stateWidth: 3, outputWidth: 1)
    ) -> RecurrentNetwork<Double> {
        var generator = RandomGenerator(seed: 1)
        return RecurrentNetwork(configuration, using: &generator)
    }

    private let network = RefusalTests.network()
    private let batch = try! SequenceBatch([[[1.0, 2], [3, 4]]])

    private func objective() throws -> Objective<Double> {
        try Objective(.squaredError, batch.targets(lastStep: [[0]]), on: batch, for: network)
    }

    /// Expects an error whose words contain others.
    private func expect(
        _ words: String, from location: SourceLocation = #_sourceLocation, _ body: () throws -> Void
    ) {
        let error = #expect(throws: (any Error).self, sourceLocation: location, performing: body)
        let found = error.map { "\($0)" } ?? ""
        #expect(found.contains(words), "\(found)", sourceLocation: location)
    }

    @Test func batchesAndStatesThatDoNotFitANetworkAreRefused() throws {
        let narrow = try SequenceBatch([[[1.0]]])
        let embedding = Self.network(
            NetworkConfiguration(inputWidth: 2, stateWidth: 3, outputWidth: 1, embeddingWidth: 2))
        expect("inputs of width 1, the network takes I = 2") { _ = try network.forward(narrow) }
        expect("the network embeds tokens; the batch has values") { _ = try embedding.forward(batch) }
        expect("s_0 is 2 × 3; B × H is 1 × 3") {
            _ = try network.forward(batch, from: Matrix(rows: 2, columns: 3))
        }
        expect("other T, B or widths than those of this network and T = 2, B = 1") {
            var result = ForwardPass(for: narrow, network)
            try Unfolding(for: network).forward(network, on: batch, into: &result)
        }
        #expect(try network.forward(batch).outputs.rows == 2)
    }

    @Test func whatALossIsOfMustBelongTogether() throws {
        let unfolding = Unfolding(for: network)
        let other = try SequenceBatch([[[1.0, 2]]])
        let wide = Self.network(NetworkConfiguration(inputWidth: 2, stateWidth: 4, outputWidth: 1))
        let sigmoid = Self.network(
            NetworkConfiguration(inputWidth: 2, stateWidth: 3, outputWidth: 1, output: .sigmoid))
        let objective = try objective()
        expect("made for T = 2, B = 1, lengths [2], not T = 1, B = 1, lengths [1]") {
            _ = try unfolding.loss(of: network, on: other, objective)
        }
        expect("a network of another configuration") {
            _ = try unfolding.lossAndGradient(of: wide, on: batch, objective)
        }
        expect("a network with other outputs") {
            _ = try Unfolding(for: sigmoid).lossAndGradient(of: sigmoid, on: batch, objective)
        }
        for limit in [0, -1, Double.nan] {
            expect("a step limit of \(limit) is not above 0") {
                _ = try unfolding.lossAndGradient(of: network, on: batch, objective, stepLimit: limit)
            }
        }
        let tokens = try SequenceBatch<Double>(tokens: [[1]], vocabulary: 2)
        let ofTokens = try Objective(
            .squaredError, tokens.targets(lastStep: [[0.0]]), on: tokens, for: network)
        expect("tokens have no gradient") {
            _ = try unfolding.lossAndGradient(of: network, on: tokens, ofTokens, inputGradient: true)
        }
        expect("the network takes I = 2") {
            _ = try unfolding.lossAndGradient(
                of: network, on: SequenceBatch([[[1.0], [2]]]), objective)
        }
    }

    @Test func trainingAndDiagnosesRefuseLikewise() throws {
        let other = try SequenceBatch([[[1.0, 2]]])
        let (objective, unfolding) = (try objective(), Unfolding(for: network))
        var (trained, optimiser) = (network, Optimiser<Double>(.sgd(), learningRate: 1))
        let words = "made for T = 2"
        expect(words) { _ = try optimiser.step(&trained, in: unfolding, on: other, objective) }
        #expect(trained == network && optimiser.stepCount == 0)
        expect(words) {
            var optimiser = LBFGS<Double>()
            _ = try optimiser.step(&trained, in: unfolding, on: other, objective)
        }
        expect(words) { _ = try GradientCheck(of: network, on: other, objective) }
        expect(words) { _ = try unfolding.diagnose(network, on: other, objective) }
    }

    @Test func targetsThatDoNotFitAreRefused() throws {
        let values = try batch.targets(everyStep: [[[0.0], [1]]])
        let classes: Targets<Double> = try batch.targets(lastStep: [0])
        func make(_ loss: Loss, _ targets: Targets<Double>, _ weights: Matrix<Double>? = nil) throws {
            _ = try Objective(loss, targets, on: batch, for: network, weights: weights)
        }
        expect("crossEntropy does not go with linear outputs") { try make(.crossEntropy, classes) }
        expect("squaredError takes values as targets") { try make(.squaredError, classes) }
        expect("targets have 2 values where loss and network take 1") {
            try make(.squaredError, .values(Matrix(rows: 2, columns: 2)))
        }
        expect("there are 3 rows where 2 are expected") {
            try make(.squaredError, .values(Matrix(rows: 3, columns: 1)))
        }
        expect("step weights are 1 × 1; T × B is 2 × 1") { try make(.squaredError, values, [[1]]) }
        for targets in [[[[0.0], [1]], [[0], [1]]], []] {
            expect("targets for \(targets.count) sequences where there are 1") {
                _ = try batch.targets(everyStep: targets)
            }
        }
        expect("targets for 2 sequences") { _ = try batch.targets(perSequence: [0, 1]) }
        let softmax = Self.network(
            NetworkConfiguration(inputWidth: 2, stateWidth: 3, outputWidth: 2, output: .softmax))
        expect("there are 1 class targets where 2 are expected") {
            _ = try Objective(.crossEntropy, .classes([0]), on: batch, for: softmax)
        }
        expect("crossEntropy takes class indices as targets") {
            _ = try Objective(.crossEntropy, values, on: batch, for: softmax)
        }
    }

    @Test func sizesThatDoNotFitDataAreRefused() throws {
        let inputs = Matrix<Double>(rows: 4, columns: 2)
        expect("there are 4 rows where 6 are expected") {
            _ = try SequenceBatch(inputs: inputs, steps: 3, sequences: 2)
        }
        for sequences in [0, -1] {
            expect("the batch has no sequences") {
                _ = try SequenceBatch(inputs: inputs, steps: 1, sequences: sequences)
            }
        }
        expect("there are 4 rows") { _ = try SequenceBatch(inputs: inputs, steps: .max, sequences: 3) }
        expect("not in 0..<-1, the vocabulary") {
            _ = try SequenceBatch<Double>(tokens: [[0]], vocabulary: -1)
        }
        expect("not in 0..<-1, the vocabulary") {
            _ = try StreamDataSet<Double>(tokens: [0, 1], vocabulary: -1, streams: 1)
        }
        expect("at least one stream, not 0") {
            _ = try StreamDataSet<Double>(tokens: [0, 1, 0], vocabulary: 2, streams: 0)
        }
    }

    @Test func aStreamRefusesWhatItCannotStepWith() throws {
        var state = network.state(sequences: 1)
        let before = state.values
        expect("is NaN or infinite") { try network.step([1, .nan], &state) }
        expect("the values are 1 × 1 where 1 sequences of width 2 are expected") {
            try network.step([1], &state)
        }
        expect("belongs to another network") { try Self.network().step([1, 2], &state) }
        expect("token 2, which is not in 0..<2") { try network.step(tokens: [2], &state) }
        expect("s_0 of sequence 0 is NaN or infinite at column 1") {
            _ = try network.state(from: [[0, .infinity, 0]])
        }
        #expect(state.values == before)
    }
}
