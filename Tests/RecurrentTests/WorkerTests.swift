import BLASCallCounter
import LinearAlgebra
import Recurrent
import Testing

/// The promise: whatever the number of workers, the same bits.
@Suite struct WorkerTests {
    /// Large enough to be shared, and of no round size; the first is worked in several segments.
    static let models = [
        Model(T: 800, B: 18, ragged: true, I: 9, H: 37, O: 11),
        Model(T: 23, B: 5, I: 9, H: 37, O: 11),
        Model(
            activation: .sigmoid, output: .softmax, loss: .crossEntropy, T: 31, B: 18, ragged: true,
            I: 7, H: 33, O: 13),
        Model(activation: .relu, stateBias: false, T: 1, B: 67, I: 65, H: 34, O: 3),
        Model(output: .sigmoid, loss: .binaryCrossEntropy, outputBias: false, T: 61, B: 1, I: 3, H: 67, O: 1),
        Model(activation: .identity, recurrent: false, T: 13, B: 35, ragged: true, I: 33, H: 31, O: 2),
        Model(layers: 3, dropout: 0.3, stateDropout: 0.2, T: 300, B: 18, ragged: true, I: 9, H: 37, O: 11),
        Model(
            layers: 2, directions: .bidirectional, dropout: 0.3, stateDropout: 0.2, T: 41, B: 18,
            ragged: true,
            I: 9, H: 37, O: 11),
        Model(
            layers: 2, directions: .bidirectionalSum, readOut: .meanOverSteps, embeddingWidth: 7,
            learnsInitialState: true, T: 41, B: 18, ragged: true, I: 50, H: 37, O: 11),
        Model(layers: 2, readOut: .lastStep, T: 41, B: 3, I: 5, H: 67, O: 11),
        // One block, whose chunks are shared; the second in several segments.
        Model(T: 401, B: 1, I: 9, H: 37, O: 11), Model(T: 1300, B: 1, I: 200, H: 11, O: 200),
        Model(layers: 3, dropout: 0.3, stateDropout: 0.2, T: 300, B: 3, ragged: true, I: 9, H: 37, O: 11),
        Model(
            layers: 2, readOut: .meanOverSteps, embeddingWidth: 7, T: 141, B: 2, ragged: true, I: 50, H: 37,
            O: 11
        ),
        // In lanes of one and of two blocks; the first in several segments.
        Model(T: 130, B: 130, ragged: true, I: 9, H: 37, O: 11),
        Model(layers: 2, dropout: 0.3, stateDropout: 0.2, T: 9, B: 270, I: 9, H: 17, O: 11),
    ]

    @Test(arguments: models, [StateStorage.kept, .recomputed])
    func allResultsHaveTheSameBitsOnAnyNumberOfWorkers(model: Model, states: StateStorage) throws {
        try expectSameBits(Double.self, model, states)
        try expectSameBits(Float.self, model, states)
    }

    private func expectSameBits<S: Scalar>(_ type: S.Type, _ model: Model, _ states: StateStorage) throws {
        let drawn = try Drawn<S>(model)
        let alone = try results(drawn, states, workers: 1)
        for workers in [2, 3, 4, 7] {
            let shared = try results(drawn, states, workers: workers)
            #expect(shared == alone, "\(S.typeName), \(workers) workers, \(model)")
        }
    }

    /// The bytes of everything that a pass gives.
    private func results<S: Scalar>(
        _ drawn: Drawn<S>, _ states: StateStorage, workers: Int
    ) throws -> [[UInt8]] {
        let configuration = drawn.network.configuration
        let unfolding = Unfolding<S>(
            configuration, workers: workers, states: configuration.isBidirectional ? .kept : states)
        let E = try drawn.lossAndGradient(in: unfolding)
        let (s0, x) = (unfolding.initialStateGradient, unfolding.inputGradient?.elements ?? [])
        let gradient = unfolding.gradient.elements
        var pass = ForwardPass(for: drawn.batch, drawn.network.configuration, states: true)
        try unfolding.forward(drawn.network, on: drawn.batch, from: drawn.initialState, into: &pass)
        let loss = try unfolding.loss(
            of: drawn.network, on: drawn.batch, drawn.objective, from: drawn.initialState)
        return [
            bytes([E, loss]), bytes(gradient), bytes(s0.elements), bytes(x),
            bytes(pass.outputs.elements), bytes(pass.states.elements), bytes(pass.finalState.elements),
        ]
    }

    @Test func aHundredTrainingStepsEndWithTheSameBits() throws {
        try expectSameTraining(Double.self)
        try expectSameTraining(Float.self)
    }

    private func expectSameTraining<S: Scalar>(_ type: S.Type) throws {
        let drawn = try Drawn<S>(Model(T: 9, B: 7, ragged: true, I: 5, H: 35, O: 3))
        func train(workers: Int) throws -> [UInt8] {
            var network = drawn.network
            let unfolding = Unfolding<S>(network.configuration, workers: workers)
            var optimiser = Optimiser<S>(.sgd(momentum: 0.9), learningRate: 0.01, clipping: .norm(1))
            for _ in 0..<100 {
                _ = try optimiser.step(&network, in: unfolding, on: drawn.batch, drawn.objective)
            }
            #expect(network != drawn.network)
            return bytes(network.parameters.elements)
        }
        let alone = try train(workers: 1)
        for workers in [2, 3, 4, 7] { #expect(try train(workers: workers) == alone, "\(workers) workers") }
    }

    @Test(arguments: [1, 8]) func otherThreadsDoPartOfTheWork(sequences: Int) throws {
        let drawn = try Drawn<Double>(Model(T: 40, B: sequences, I: 20, H: 60, O: 20))
        func callsOfThisThread(workers: Int) throws -> Int {
            let unfolding = Unfolding<Double>(drawn.network.configuration, workers: workers)
            blas_calls_reset()
            for _ in 0..<30 {
                _ = try unfolding.lossAndGradient(of: drawn.network, on: drawn.batch, drawn.objective)
            }
            return Int(blas_calls(BLAS_GEMM))
        }
        #expect(try callsOfThisThread(workers: 2) < callsOfThisThread(workers: 1))
    }

    private func bytes<S>(_ numbers: [S]) -> [UInt8] { unsafe numbers.withUnsafeBytes { unsafe Array($0) } }
}
