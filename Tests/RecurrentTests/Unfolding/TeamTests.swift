import NaiveReference
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import Testing

/// Layers so wide that a team of workers goes through their recurrence.
@Suite struct TeamTests {
    static let cells: [RecurrentCell] = [.elman()] + Problem.gatedCells

    @Test(arguments: cells) func aTeamMatchesTheNaiveReference(cell: RecurrentCell) throws {
        for problem in [
            Problem(cell: cell, stateDropout: 0.3, T: 4, B: 1, I: 3, H: 260, O: 2),
            Problem(cell: cell, learnsInitialState: true, T: 3, B: 2, ragged: true, I: 3, H: 260, O: 2),
        ] { try NaiveComparisonTests.compare(Double.self, problem, 4, tolerance: Tolerance.naive) }
    }

    @Test(arguments: cells) func aTeamThatReadsBackwardsMatchesTheNaiveReference(cell: RecurrentCell) throws {
        let problem = Problem(
            cell: cell, directions: .bidirectional, stateDropout: 0.3, T: 3, B: 3, ragged: true, I: 3, H: 256,
            O: 2)
        try NaiveComparisonTests.compare(Double.self, problem, 4, tolerance: Tolerance.naive)
    }

    /// As many workers as nobody has: most of them wait, or never come.
    @Test func sixtyFourWorkersEndWithTheBitsOfOne() throws {
        let drawn = try Drawn<Float>(
            Problem(cell: .lstm, layers: 2, T: 5, B: 5, ragged: true, I: 3, H: 384, O: 2))
        func gradient(workers: Int) throws -> [Float] {
            let unfolding = Unfolding(for: drawn.network, workers: workers)
            for _ in 0..<3 {
                _ = try unfolding.lossAndGradient(of: drawn.network, on: drawn.batch, drawn.objective)
            }
            return unfolding.gradient.elements
        }
        #expect(try gradient(workers: 64) == gradient(workers: 1))
    }
}
