import Recurrent

extension Problem {
    package static let gatedCells: [RecurrentCell] = [
        .lstm, .gru(.afterProduct), .gru(.beforeProduct),
    ]

    /// Problems with gated cells, and stacks of different cells.
    package static let gated = gatedCells.flatMap(problems(with:)) + mixed

    private static func problems(with cell: RecurrentCell) -> [Problem] {
        [
            Problem(cell: cell), Problem(cell: cell, T: 1, B: 1),
            Problem(cell: cell, stateBias: false, outputBias: false, T: 6, ragged: true),
            Problem(cell: cell, recurrent: false, T: 6, ragged: true),
            Problem(cell: cell, T: 7, B: 4, ragged: true),
            Problem(cell: cell, T: 6, ragged: true, steps: .weighted, reduction: .meanOverSteps),
            Problem(
                cell: cell, output: .softmax, loss: .crossEntropy, layers: 2, T: 6, ragged: true,
                steps: .last, reduction: .meanOverSequences),
            Problem(cell: cell, layers: 3, T: 6, B: 5, ragged: true),
            Problem(cell: cell, layers: 3, directions: .bidirectional, T: 6, B: 5, ragged: true),
            Problem(
                cell: cell, layers: 2, directions: .bidirectionalSum, readOut: .lastStep, T: 6, B: 5,
                ragged: true),
            Problem(
                cell: cell, directions: .bidirectional, readOut: .meanOverSteps, T: 6, B: 5, ragged: true),
            Problem(cell: cell, readOut: .lastStep, embeddingWidth: 4, T: 6, B: 5, ragged: true, I: 9),
            Problem(cell: cell, layers: 2, dropout: 0.4, T: 6, B: 5, ragged: true, H: 8),
            Problem(cell: cell, stateDropout: 0.4, T: 6, B: 5, ragged: true, H: 8),
            Problem(
                cell: cell, layers: 2, directions: .bidirectional, readOut: .meanOverSteps, dropout: 0.3,
                stateDropout: 0.3, T: 6, B: 5, ragged: true, H: 8),
            Problem(cell: cell, readOutDropout: 0.4, T: 6, B: 5, ragged: true, H: 8),
            Problem(cell: cell, learnsInitialState: true, T: 6, B: 5, ragged: true),
            Problem(
                cell: cell, layers: 2, directions: .bidirectional, learnsInitialState: true, T: 6, B: 5,
                ragged: true),
        ]
    }

    private static let mixed = [
        Problem(cells: [.lstm, .elman(.relu), .gru()], T: 6, B: 5, ragged: true),
        Problem(
            cells: [.gru(.beforeProduct), .lstm], directions: .bidirectional, dropout: 0.3,
            stateDropout: 0.3, T: 6, B: 5, ragged: true, H: 8),
        Problem(
            cells: [.elman(), .lstm, .gru()], directions: .bidirectionalSum, readOut: .lastStep,
            learnsInitialState: true, T: 6, B: 5, ragged: true),
    ]
}
