import Foundation
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import Testing

/// Networks run step by step, held against whole sequences.
@Suite struct StreamingTests {
    private static let problems = Problem.list.filter {
        $0.directions == .forward && $0.readOut != .meanOverSteps
    }

    @Test(arguments: problems, [1, 3])
    func stepsGiveWhatTheWholeSequenceGives(problem: Problem, sequences: Int) throws {
        var problem = problem
        (problem.B, problem.ragged) = (sequences, false)
        let drawn = try Drawn<Double>(problem)
        let network = drawn.network
        let whole = try network.forward(drawn.batch, from: drawn.initialState)
        var state =
            try drawn.initialState.map { try network.state(from: $0) } ?? network.state(sequences: sequences)
        for t in 0..<problem.T {
            let x = Matrix(drawn.sequences.map { $0.x[t] })
            if problem.embeddingWidth != nil {
                try network.step(tokens: drawn.sequences.map { $0.x[t].firstIndex(of: 1)! }, &state)
            } else if sequences == 1 {
                try drawn.network.step(x.elements, &state)
            } else {
                try drawn.network.step(x, &state)
            }
            if problem.readOut == .lastStep && t + 1 < problem.T { continue }
            let row = problem.readOut == .lastStep ? 0 : t * sequences
            let rows = row..<row + sequences
            #expect(deviation(state.outputs, Matrix(Array(whole.outputs.rowArrays[rows]))) <= Tolerance.naive)
        }
        #expect(deviation(state.values, whole.finalState) <= Tolerance.naive)
    }

    @Test func whatNeedsTheWholeSequenceIsNotRunStepByStep() throws {
        for problem in [Problem(directions: .bidirectional), Problem(readOut: .meanOverSteps)] {
            let network = try Drawn<Float>(problem).network
            var state = network.state(sequences: 1)
            #expect(throws: StateError.needsWholeSequence) { try network.step([0, 0, 0], &state) }
        }
        let network = try Drawn<Float>(Problem(embeddingWidth: 2)).network
        var state = network.state(sequences: 1)
        #expect(throws: StateError.embedsTokens) { try network.step([0, 0, 0], &state) }
    }

    @Test func tokensGiveWhatOneHotInputsGive() throws {
        let drawn = try Drawn<Float>(Problem(I: 4))
        var (byToken, byInput) = (drawn.network.state(sequences: 2), drawn.network.state(sequences: 2))
        for tokens in [[0, 3], [2, 2], [1, 0]] {
            try drawn.network.step(tokens: tokens, &byToken)
            try drawn.network.step(
                Matrix(rows: 2, columns: 4) { tokens[$0] == $1 ? 1 : 0 }, &byInput)
            #expect(deviation(byToken.outputs, byInput.outputs.converted(to: Double.self)) < 1e-6)
        }
    }

    private static let cells = [RecurrentCell.elman()] + Problem.gatedCells

    @Test(arguments: cells) func copiesOfAStateGoTheirOwnWays(cell: RecurrentCell) throws {
        let network = try Drawn<Double>(Problem(cell: cell)).network
        var state = network.state(sequences: 1)
        try network.step([1, 2, 3], &state)
        let (before, copy) = (state.values, state)
        try network.step([-1, 0, 1], &state)
        #expect(copy.values == before && state.values != before)
        var repeated = copy
        try network.step([-1, 0, 1], &repeated)
        #expect(repeated.values == state.values && repeated.outputs == state.outputs)
    }

    @Test(arguments: cells) func aStateServesItsNetworkAndWhatTrainingMakesOfIt(cell: RecurrentCell) throws {
        let drawn = try Drawn<Double>(Problem(cell: cell))
        var network = drawn.network
        var state = network.state(sequences: 1)
        network.parameters[.stateBias] = Matrix(rows: 1, columns: 5 * cell.gates)
        try network.step([1, 2, 3], &state)
        let other = RecurrentNetwork(network.configuration, parameters: network.parameters)
        let before = state.values
        #expect(throws: StateError.otherNetwork) { try other.step([1, 2, 3], &state) }
        #expect(throws: StateError.notFinite(sequence: 0, feature: 1)) {
            try network.step([1, .nan, 3], &state)
        }
        #expect(state.values == before)
    }

    @Test func nothingIsBroadcast() throws {
        let network = try Drawn<Double>(Problem()).network
        var (one, two) = (network.state(sequences: 1), network.state(sequences: 2))
        #expect(throws: StateError.shape(rows: 1, columns: 2, sequences: 1, width: 3)) {
            try network.step([1, 2], &one)
        }
        #expect(throws: StateError.shape(rows: 1, columns: 3, sequences: 2, width: 3)) {
            try network.step([1, 2, 3], &two)
        }
        #expect(throws: StateError.shape(rows: 1, columns: 3, sequences: 2, width: 3)) {
            try network.step(Matrix([[1, 2, 3]]), &two)
        }
        #expect(throws: StateError.shape(rows: 2, columns: 1, sequences: 2, width: 3)) {
            try network.step(Matrix([[1], [2]]), &two)
        }
        #expect(throws: StateError.notFinite(sequence: 1, feature: 2)) {
            try network.step(Matrix([[1, 2, 3], [4, 5, .nan]]), &two)
        }
        #expect(throws: StateError.tokenCount(found: 1, sequences: 2)) {
            try network.step(tokens: [0], &two)
        }
        #expect(throws: StateError.tokenOutOfRange(sequence: 1, index: 3, vocabulary: 3)) {
            try network.step(tokens: [0, 3], &two)
        }
        #expect(throws: StateError.shape(rows: 2, columns: 4, sequences: 2, width: 5)) {
            _ = try network.state(from: Matrix(rows: 2, columns: 4))
        }
        #expect(one.values.largestMagnitude == 0 && two.values.largestMagnitude == 0)
    }

    @Test func manyThreadsStepDifferentStatesOfOneNetwork() async throws {
        let network = try Drawn<Double>(Problem(H: 40)).network
        @Sendable func stream(_ seed: UInt64) throws -> Matrix<Double> {
            var generator = RandomGenerator(seed: seed)
            var state = network.state(sequences: 1)
            for _ in 0..<200 {
                try network.step((0..<3).map { _ in generator.uniform(within: 1) }, &state)
            }
            return state.outputs
        }
        let expected = try (0..<8).map { try stream($0) }
        let together = try await withThrowingTaskGroup(of: (Int, Matrix<Double>).self) { group in
            for seed in 0..<8 { group.addTask { (seed, try stream(UInt64(seed))) } }
            var results = expected
            for try await (seed, outputs) in group { results[seed] = outputs }
            return results
        }
        #expect(together == expected)
    }
}
