import RecurrentLinearAlgebra
import NaiveReference
import Recurrent
import SampleProblems
import Testing

/// Truncated backpropagation in which every loss reaches back the same number of steps.
@Suite struct HistoryTests {
    static let problems = [
        Problem(T: 9, B: 5, ragged: true), Problem(activation: .sigmoid, layers: 3, T: 9, B: 5, ragged: true),
        Problem(layers: 2, dropout: 0.3, stateDropout: 0.3, readOutDropout: 0.3, T: 9, B: 5, ragged: true),
        Problem(T: 9, ragged: true, steps: .weighted), Problem(recurrent: false, T: 5), Problem(T: 1, B: 1),
        Problem(embeddingWidth: 3, learnsInitialState: true, T: 9, B: 5, ragged: true, I: 6),
        // In shards.
        Problem(layers: 2, stateDropout: 0.3, T: 9, B: 130, ragged: true),
    ]

    @Test(arguments: problems, [1, 2, 3, 8])
    func everyLossReachesBackExactlySoManySteps(problem: Problem, history: Int) throws {
        let drawn = try Drawn<Double>(problem)
        let naive = drawn.naive.run(drawn.sequences, drawn.naiveLoss, history: history)
        let unfolding = Unfolding(for: drawn.network, history: history)
        let E = try drawn.lossAndGradient(in: unfolding)
        #expect(abs(E - naive.E) <= Tolerance.naive * max(naive.E, 1e-3))
        expectGradients(of: drawn, unfolding.gradient, naive) { name, ours, theirs in
            guard let ours, let theirs else { return }
            #expect(deviation(ours, Matrix(theirs)) <= Tolerance.naive, "\(name), \(history) steps")
        }
        let s0 = (0..<problem.B).map { b in naive.cells.joined().flatMap { $0.s0[b] } }
        #expect(deviation(unfolding.initialStateGradient!, Matrix(s0)) <= Tolerance.naive)
    }

    @Test(arguments: problems)
    func aHistoryOfAllStepsIsFullBackpropagation(problem: Problem) throws {
        let drawn = try Drawn<Double>(problem)
        let full = Unfolding(for: drawn.network)
        _ = try drawn.lossAndGradient(in: full)
        for history in [problem.T, problem.T + 5] {
            let truncated = Unfolding(for: drawn.network, history: history)
            _ = try drawn.lossAndGradient(in: truncated)
            for part in full.gradient.layout.parts {
                #expect(
                    deviation(truncated.gradient[part.name]!, full.gradient[part.name]!) <= Tolerance.naive,
                    "\(part.name)")
            }
        }
    }

    /// One block and several.
    @Test(arguments: [2, 9]) func theSameBitsOnAnyNumberOfWorkers(sequences: Int) throws {
        let drawn = try Drawn<Float>(
            Problem(layers: 2, T: 61, B: sequences, ragged: true, I: 9, H: 37, O: 11))
        let gradients = try [1, 2, 3, 7].map { workers in
            let unfolding = Unfolding(for: drawn.network, workers: workers, history: 5)
            _ = try drawn.lossAndGradient(in: unfolding)
            return unfolding.gradient
        }
        #expect(gradients.allSatisfy { $0 == gradients[0] })
    }
}
