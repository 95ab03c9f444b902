import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import Testing

/// Token inputs, held against the one-hot matrices that they stand for.
@Suite struct TokenTests {
    static let sequences = [[3, 0, 6, 6, 1], [2], [5, 5, 5], [0, 1, 2, 3, 4, 5, 6], [6, 3]]
    static let vocabulary = 7

    private static func drawn<S: Scalar>(
        _ type: S.Type
    ) throws -> (RecurrentNetwork<S>, tokens: SequenceBatch<S>, oneHot: SequenceBatch<S>) {
        var generator = RandomGenerator(seed: 3)
        let configuration = NetworkConfiguration(
            inputWidth: vocabulary, stateWidth: 150, outputWidth: vocabulary, output: .softmax)
        let network = RecurrentNetwork<S>(configuration, using: &generator)
        let tokens = try SequenceBatch<S>(tokens: sequences, vocabulary: vocabulary)
        let oneHot = try SequenceBatch<S>(
            sequences.map { $0.map { index in (0..<vocabulary).map { $0 == index ? 1 : 0 } } })
        return (network, tokens, oneHot)
    }

    @Test func tokensGiveWhatOneHotInputsGive() throws {
        let (network, tokens, oneHot) = try Self.drawn(Double.self)
        #expect(tokens.inputs == oneHot.inputs)
        let unfolding = Unfolding(for: network)
        func run(_ batch: SequenceBatch<Double>) throws -> (Double, Parameters<Double>, ForwardPass<Double>) {
            let objective = try Objective(
                .crossEntropy, batch.targets(everyStep: Self.sequences), on: batch,
                for: network)
            let E = try unfolding.lossAndGradient(of: network, on: batch, objective)
            return (E, unfolding.gradient, try network.forward(batch))
        }
        let (E, gradient, pass) = try run(tokens)
        let (expectedE, expected, expectedPass) = try run(oneHot)
        #expect(abs(E - expectedE) <= Tolerance.naive * expectedE)
        #expect(deviation(pass.outputs, expectedPass.outputs) <= Tolerance.naive)
        for part in gradient.layout.parts {
            #expect(deviation(gradient[part.name]!, expected[part.name]!) <= Tolerance.naive)
        }
        // Index 4 occurs once, all others more often; what does not occur has no gradient.
        let once = try SequenceBatch<Double>(tokens: [[4, 4]], vocabulary: Self.vocabulary)
        _ = try unfolding.lossAndGradient(
            of: network, on: once,
            Objective(.crossEntropy, once.targets(everyStep: [[1, 2]]), on: once, for: network))
        for index in 0..<Self.vocabulary {
            #expect((unfolding.gradient[.inputWeights]!.row(index).largestMagnitude == 0) == (index != 4))
        }
    }

    @Test func theSameBitsOnAnyNumberOfWorkers() throws {
        let (network, tokens, _) = try Self.drawn(Float.self)
        let objective = try Objective(
            .crossEntropy, tokens.targets(everyStep: Self.sequences), on: tokens,
            for: network)
        let gradients = try [1, 2, 3, 4, 7].map { workers in
            let unfolding = Unfolding(for: network, workers: workers)
            _ = try unfolding.lossAndGradient(of: network, on: tokens, objective)
            return unfolding.gradient
        }
        #expect(gradients.allSatisfy { $0 == gradients[0] })
    }

    @Test func theGradientOfTokensIsRight() throws {
        var generator = RandomGenerator(seed: 3)
        let configuration = NetworkConfiguration(inputWidth: 7, stateWidth: 4, outputWidth: 2)
        let network = RecurrentNetwork<Double>(configuration, using: &generator)
        let batch = try SequenceBatch<Double>(tokens: Self.sequences, vocabulary: 7)
        let targets = try batch.targets(lastStep: Self.sequences.map { [Double($0.count), 1] })
        let objective = try Objective(.squaredError, targets, on: batch, for: network, at: .last)
        let check = try GradientCheck(of: network, on: batch, objective)
        #expect(check.worst.relative <= GradientCheck.tolerance, "\(check.worst)")
    }

    @Test func aTokenOutOfRangeIsNamed() {
        #expect(throws: DataError.tokenOutOfRange(sequence: 1, step: 2, index: 9, vocabulary: 9)) {
            _ = try SequenceBatch<Float>(tokens: [[0], [1, 2, 9]], vocabulary: 9)
        }
        #expect(throws: DataError.tokenOutOfRange(sequence: 0, step: 0, index: -1, vocabulary: 9)) {
            _ = try SequenceBatch<Float>(tokens: [[-1]], vocabulary: 9)
        }
        #expect(throws: DataError.emptySequence(sequence: 1)) {
            _ = try SequenceBatch<Float>(tokens: [[0], []], vocabulary: 9)
        }
    }
}
