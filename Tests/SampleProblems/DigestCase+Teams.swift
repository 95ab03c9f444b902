import Recurrent

extension DigestCase {
    /// Layers so wide that several workers share a step of them: blocks of one sequence and of several, all cells,
    /// dropout, both ways.
    static let wide = ([.elman()] + Problem.gatedCells).flatMap(cases(sharedWith:)) + wideStacks

    private static func cases(sharedWith cell: RecurrentCell) -> [DigestCase] {
        [
            DigestCase(
                Problem(
                    cell: cell, stateDropout: 0.2, learnsInitialState: true, T: 5, B: 1, I: 5, H: 260, O: 3),
                clipping: .timestep(1e-4)),
            DigestCase(
                Problem(cell: cell, layers: 2, dropout: 0.3, T: 4, B: 3, ragged: true, I: 5, H: 260, O: 3),
                states: .recomputed),
            DigestCase(
                Problem(cell: cell, stateDropout: 0.2, T: 5, B: 7, ragged: true, I: 5, H: 260, O: 3),
                clipping: .timestep(1e-4)),
            DigestCase(
                Problem(
                    cell: cell, directions: .bidirectional, stateDropout: 0.2, learnsInitialState: true, T: 3,
                    B: 5, ragged: true, I: 5, H: 257, O: 3)),
            DigestCase(
                Problem(cell: cell, directions: .bidirectional, T: 3, B: 1, I: 5, H: 256, O: 3),
                clipping: .timestep(1e-4)),
        ]
    }

    private static let wideStacks = [
        DigestCase(
            Problem(
                cells: [.elman(.relu), .lstm, .gru()], readOut: .meanOverSteps, embeddingWidth: 9, T: 40,
                B: 5,
                ragged: true, I: 20, H: 256, O: 3)),
        DigestCase(
            Problem(layers: 2, readOut: .lastStep, T: 260, B: 20, ragged: true, I: 5, H: 260, O: 3),
            states: .recomputed),
        DigestCase(Problem(layers: 2, T: 9, B: 4, I: 5, H: 256, O: 3), history: 3),
    ]
}
