import RecurrentLinearAlgebra
import NaiveReference
import Recurrent
import SampleProblems
import Testing

/// Batches that are one block and long enough for the workers to share its chunks.
@Suite struct SharedChunksTests {
    static let problems = [
        Problem(T: 150, B: 1, I: 7, H: 45, O: 6), Problem(T: 130, B: 3, ragged: true, I: 7, H: 35, O: 6),
        Problem(layers: 3, dropout: 0.3, readOutDropout: 0.3, T: 67, B: 2, ragged: true, I: 7, H: 31, O: 6),
        Problem(layers: 2, stateDropout: 0.3, T: 67, B: 2, ragged: true, I: 7, H: 31, O: 6),
        Problem(output: .softmax, loss: .crossEntropy, layers: 2, T: 67, B: 2, I: 7, H: 31, O: 6),
        Problem(readOut: .lastStep, T: 130, B: 3, ragged: true, I: 7, H: 35, O: 6),
        Problem(recurrent: false, T: 350, B: 1, I: 7, H: 35, O: 35),
        Problem(embeddingWidth: 5, learnsInitialState: true, T: 67, B: 3, ragged: true, I: 90, H: 31, O: 30),
        // In two segments.
        Problem(T: 1300, B: 1, I: 200, H: 3, O: 200),
    ]

    @Test(arguments: problems) func whatIsSharedMatchesTheNaiveReference(problem: Problem) throws {
        try NaiveComparisonTests.compare(Double.self, problem, 8, tolerance: Tolerance.naive)
    }

    /// A stream that goes on from window to window, on workers that fall asleep in between.
    @Test(arguments: [RecurrentCell.elman()] + Problem.gatedCells)
    func windowsThatComeOneByOneGiveTheStatesOfTheWhole(cell: RecurrentCell) async throws {
        let (T, window) = (1200, 300)
        let drawn = try Drawn<Double>(Problem(cell: cell, T: T, B: 1, I: 9, H: 60, O: 20))
        let unfolding = Unfolding(for: drawn.network, workers: 3)
        let whole = try drawn.network.forward(drawn.batch, from: drawn.initialState, workers: 1)
        var state = drawn.initialState
        for first in stride(from: 0, to: T, by: window) {
            let inputs = Matrix<Double>(rows: window, columns: 9) { drawn.sequences[0].x[first + $0][$1] }
            let batch = try SequenceBatch(inputs: inputs, steps: window, sequences: 1)
            var pass = ForwardPass(for: batch, drawn.network, states: true)
            try unfolding.forward(drawn.network, on: batch, from: state, into: &pass)
            let last = first + window
            #expect(deviation(pass.finalState, whole.states.row(last)) <= Tolerance.naive, "step \(last)")
            state = pass.finalState
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}
