import BLASCallCounter
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import Testing

/// The promise: whatever the number of workers, the same bits. `make bench ARGS=--check` has it of every digest case, in a
/// release build.
@Suite struct WorkerTests {
    @Test func aHundredTrainingStepsEndWithTheSameBits() throws {
        try expectSameTraining(Double.self)
        try expectSameTraining(Float.self)
    }

    private func expectSameTraining<S: Scalar>(_ type: S.Type) throws {
        let drawn = try Drawn<S>(Problem(T: 9, B: 7, ragged: true, I: 5, H: 35, O: 3))
        func train(workers: Int) throws -> [UInt8] {
            var network = drawn.network
            let unfolding = Unfolding(for: network, workers: workers)
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
        let drawn = try Drawn<Double>(Problem(T: 40, B: sequences, I: 20, H: 60, O: 20))
        func callsOfThisThread(_ unfolding: Unfolding<Double>) throws -> Int {
            blas_calls_reset()
            _ = try unfolding.lossAndGradient(of: drawn.network, on: drawn.batch, drawn.objective)
            return Int(blas_calls(BLAS_GEMM))
        }
        let alone = try callsOfThisThread(Unfolding(for: drawn.network, workers: 1))
        let shared = Unfolding(for: drawn.network, workers: 2)
        // On a busy machine the other thread may not come for a while.
        let (clock, end) = (ContinuousClock(), ContinuousClock().now + .seconds(60))
        var fewest = alone
        while fewest == alone, clock.now < end { fewest = min(fewest, try callsOfThisThread(shared)) }
        #expect(fewest < alone)
    }

    private func bytes<S>(_ numbers: [S]) -> [UInt8] { unsafe numbers.withUnsafeBytes { unsafe Array($0) } }
}
