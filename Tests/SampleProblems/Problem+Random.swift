import Recurrent

extension Problem {
    /// A small problem with any features: cells, layers, widths down to 1, functions, read-outs, lengths and losses.
    package static func random(seed: UInt64) -> Problem {
        var generator = RandomGenerator(seed: seed)
        func one<T>(of choices: [T]) -> T { choices[generator.index(below: choices.count)] }
        func oneIn(_ count: Int) -> Bool { generator.index(below: count) == 0 }
        let cells: [RecurrentCell] = Activation.allCases.map { .elman($0) } + gatedCells
        let (output, loss) = one(of: tasks)
        let T = one(of: [1, 2, 4, 7])
        let readOut = one(of: [ReadOut.everyStep, .everyStep, .lastStep, .meanOverSteps])
        return Problem(
            cells: (0..<one(of: [1, 1, 2, 3])).map { _ in one(of: cells) }, output: output, loss: loss,
            stateBias: !oneIn(4), outputBias: !oneIn(4), recurrent: !oneIn(6),
            directions: one(of: [.forward, .forward, .bidirectional, .bidirectionalSum]), readOut: readOut,
            embeddingWidth: oneIn(5) ? one(of: [1, 3]) : nil, learnsInitialState: oneIn(3),
            T: T, B: one(of: [1, 2, 3]), ragged: oneIn(2),
            steps: readOut == .everyStep && T > 1 ? one(of: [.every, .last, .weighted]) : .every,
            reduction: one(of: Reduction.allCases), I: one(of: [1, 2, 3]), H: one(of: [1, 2, 4]),
            O: loss == .crossEntropy ? one(of: [2, 3]) : one(of: [1, 2]))
    }
}
