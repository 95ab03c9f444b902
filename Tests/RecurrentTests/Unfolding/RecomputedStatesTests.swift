import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import Testing

/// States that are computed again on the way back, and memory that is asked for before the work begins.
@Suite struct RecomputedStatesTests {
    @Test(
        arguments: Problem.list.filter { $0.directions == .forward } + [
            Problem(T: 50, B: 1), Problem(T: 26, B: 21, ragged: true), Problem(T: 3000, B: 21, ragged: true),
            Problem(
                layers: 3, readOut: .meanOverSteps, dropout: 0.2, stateDropout: 0.2, T: 26, B: 21,
                ragged: true),
            Problem(layers: 2, readOut: .lastStep, learnsInitialState: true, T: 26, B: 5, ragged: true),
        ])
    func recomputingChangesNothingButMemory(problem: Problem) throws {
        let drawn = try Drawn<Double>(problem)
        let kept = Unfolding(for: drawn.network)
        let recomputed = Unfolding(for: drawn.network, states: .recomputed)
        func run(_ unfolding: Unfolding<Double>) throws -> Double {
            try drawn.lossAndGradient(in: unfolding)
        }
        let (E, expectedE) = (try run(recomputed), try run(kept))
        #expect(abs(E - expectedE) <= Tolerance.naive * max(abs(expectedE), 1e-3))
        for part in kept.gradient.layout.parts {
            let expected = kept.gradient[part.name]!
            #expect(deviation(recomputed.gradient[part.name]!, expected) <= Tolerance.naive, "\(part.name)")
        }
        #expect(deviation(recomputed.initialStateGradient!, kept.initialStateGradient!) <= Tolerance.naive)
        guard let inputGradient = kept.inputGradient else { return }
        #expect(deviation(recomputed.inputGradient!, inputGradient) <= Tolerance.naive)
    }

    @Test func aRequestBeyondTheLimitIsRefusedBeforeTheWorkBegins() throws {
        // S, δ and A, and the states before and after, 8 bytes a number, each from a line of 64 bytes on.
        let problem = Problem(T: 400, B: 1)
        let drawn = try Drawn<Double>(problem)
        let bytes = [401 * 5, 400 * 5, 400 * 2, 5].reduce(0) { $0 + ($1 * 8 + 63) / 64 * 64 }
        let unfolding = Unfolding(for: drawn.network, memoryLimit: bytes - 1)
        let error = try memoryError {
            _ = try unfolding.lossAndGradient(of: drawn.network, on: drawn.batch, drawn.objective)
        }
        #expect(error?.needed == bytes && error?.available == bytes - 1)
        #expect(error?.description.contains("needs \(bytes) bytes") == true)
        #expect(error?.description.contains("states: .recomputed") == true)

        let enough = Unfolding(for: drawn.network, memoryLimit: bytes)
        let E = try enough.lossAndGradient(of: drawn.network, on: drawn.batch, drawn.objective)
        let recomputed = Unfolding(for: drawn.network, states: .recomputed, memoryLimit: bytes / 8)
        let again = try recomputed.lossAndGradient(of: drawn.network, on: drawn.batch, drawn.objective)
        #expect(abs(E - again) <= Tolerance.naive * E)
    }

    @Test func aTrainingStepWithoutMemoryLeavesTheParametersAlone() throws {
        let drawn = try Drawn<Float>(Problem(T: 30))
        var network = drawn.network
        let unfolding = Unfolding(for: network, states: .recomputed, memoryLimit: 100)
        var optimiser = Optimiser<Float>(.sgd(), learningRate: 0.1)
        let error = #expect(throws: TrainingError.self) {
            _ = try optimiser.step(&network, in: unfolding, on: drawn.batch, drawn.objective)
        }
        #expect(error?.description.contains("cut the batch into smaller ones") == true)
        #expect(network == drawn.network)
    }
}
