import Recurrent

extension DigestCase {
    /// Gated cells, with a batch divided in every way.
    static let gated = Problem.gatedCells.flatMap(cases(with:)) + mixed

    private static func cases(with cell: RecurrentCell) -> [DigestCase] {
        divided(with: cell).map { DigestCase($0) } + [
            DigestCase(Problem(cell: cell, T: 200, B: 2, I: 9, H: 37, O: 11), states: .recomputed),
            DigestCase(
                Problem(
                    cell: cell, layers: 2, readOut: .lastStep, learnsInitialState: true, T: 26, B: 5,
                    ragged: true),
                states: .recomputed),
            DigestCase(
                Problem(cell: cell, layers: 2, T: 9, B: 5, ragged: true), clipping: .timestep(0.01)),
        ]
    }

    /// Shared chunks, several blocks, shards, both ways.
    private static func divided(with cell: RecurrentCell) -> [Problem] {
        [
            Problem(cell: cell, T: 201, B: 1, I: 9, H: 37, O: 11),
            Problem(
                cell: cell, layers: 3, dropout: 0.3, stateDropout: 0.2, T: 67, B: 3, ragged: true, I: 9,
                H: 37, O: 11),
            Problem(
                cell: cell, output: .softmax, loss: .crossEntropy, T: 31, B: 18, ragged: true, I: 7, H: 33,
                O: 13),
            Problem(cell: cell, recurrent: false, T: 13, B: 35, ragged: true, I: 33, H: 31, O: 2),
            Problem(
                cell: cell, layers: 2, dropout: 0.3, stateDropout: 0.2, learnsInitialState: true, T: 9,
                B: 130, ragged: true, I: 9, H: 17, O: 11),
            Problem(
                cell: cell, layers: 2, directions: .bidirectional, dropout: 0.3, stateDropout: 0.2, T: 41,
                B: 18, ragged: true, I: 9, H: 37, O: 11),
            Problem(
                cell: cell, layers: 2, directions: .bidirectionalSum, readOut: .meanOverSteps,
                embeddingWidth: 7, learnsInitialState: true, T: 41, B: 9, ragged: true, I: 50, H: 37, O: 11),
        ]
    }

    private static let mixed = [
        Problem(
            cells: [.lstm, .elman(.relu), .gru()], T: 41, B: 18, ragged: true, I: 9, H: 37, O: 11),
        Problem(
            cells: [.gru(.beforeProduct), .elman(), .lstm], directions: .bidirectional, stateDropout: 0.2,
            learnsInitialState: true, T: 41, B: 18, ragged: true, I: 9, H: 37, O: 11),
    ].map { DigestCase($0) }
}
