import RecurrentLinearAlgebra
import Recurrent

/// A network with a ragged batch, of tokens if its outputs are classes.
struct AllocationCase {
    let network: RecurrentNetwork<Float>
    let batch: SequenceBatch<Float>
    let objective: Objective<Float>

    static let networks = elman + gatedCells.flatMap(networks(of:)) + [stack]

    private static let elman: [(name: String, configuration: NetworkConfiguration)] = [
        ("plain", NetworkConfiguration(inputWidth: 32, stateWidth: 96, outputWidth: 32)),
        (
            "two layers with dropout",
            NetworkConfiguration(
                inputWidth: 21, stateWidth: 71, outputWidth: 13, layers: 2, dropout: 0.2, stateDropout: 0.2,
                readOutDropout: 0.2)
        ),
        (
            "two bidirectional layers",
            NetworkConfiguration(
                inputWidth: 21, stateWidth: 71, outputWidth: 13, layers: 2, directions: .bidirectional,
                readOut: .meanOverSteps)
        ),
        (
            "embedded tokens, bidirectional",
            NetworkConfiguration(
                inputWidth: 21, stateWidth: 71, outputWidth: 13, output: .softmax,
                directions: .bidirectionalSum, embeddingWidth: 16, readOut: .lastStep)
        ),
        ("tokens", NetworkConfiguration(inputWidth: 32, stateWidth: 96, outputWidth: 32, output: .softmax)),
    ]

    /// A layer of every cell.
    private static let stack = (
        name: "four layers of different cells",
        configuration: NetworkConfiguration(
            inputWidth: 21, layers: CellKind.allCases.map { RecurrentLayer($0.equations, stateWidth: 71) },
            outputWidth: 13, dropout: 0.2, stateDropout: 0.2)
    )

    private static let gatedCells = CellKind.allCases.filter { $0 != .elman }

    private static func networks(of cell: CellKind) -> [(name: String, configuration: NetworkConfiguration)] {
        [
            (
                "\(cell)",
                NetworkConfiguration(inputWidth: 32, stateWidth: 96, outputWidth: 32, cell: cell.equations)
            ),
            (
                "two layers of \(cell) with dropout",
                NetworkConfiguration(
                    inputWidth: 21, stateWidth: 71, outputWidth: 13, layers: 2, cell: cell.equations,
                    dropout: 0.2, stateDropout: 0.2, readOutDropout: 0.2, learnsInitialState: true)
            ),
            (
                "bidirectional \(cell) on embedded tokens",
                NetworkConfiguration(
                    inputWidth: 21, stateWidth: 71, outputWidth: 13, cell: cell.equations, output: .softmax,
                    directions: .bidirectional, embeddingWidth: 16, readOut: .meanOverSteps)
            ),
        ]
    }

    static let rules: [OptimisationRule] = [
        .sgd(), .sgd(momentum: 0.8, nesterov: true), .adagrad(), .rmsProp(momentum: 0.9), .adam(), .adamW(),
    ]

    init(_ configuration: NetworkConfiguration, steps: Int = 20, sequences: Int = 17) throws {
        var generator = RandomGenerator(seed: 1)
        network = RecurrentNetwork(configuration, using: &generator)
        let lengths = (0..<sequences).map { max(1, steps - $0 % 20) }
        let isTokens = configuration.output == .softmax
        if isTokens {
            let tokens = lengths.map { length in
                (0..<length).map { _ in generator.index(below: configuration.inputWidth) }
            }
            batch = try SequenceBatch(tokens: tokens, vocabulary: configuration.inputWidth)
        } else {
            let inputs = Matrix<Float>(rows: steps * sequences, columns: configuration.inputWidth) { _, _ in
                Float(generator.uniform(within: 1))
            }
            batch = try SequenceBatch(inputs: inputs, steps: steps, sequences: sequences, lengths: lengths)
        }
        let rows = configuration.isPooled ? sequences : batch.steps * sequences
        let targets: Targets<Float> =
            isTokens
            ? .classes((0..<rows).map { Int32($0 % configuration.outputWidth) })
            : .values(Matrix(rows: rows, columns: configuration.outputWidth) { _, _ in 0.5 })
        objective = try Objective(
            isTokens ? .crossEntropy : .halfSquaredError, targets, on: batch, for: network)
    }

    /// A function that makes one training step.
    func trainingStep(
        _ rule: OptimisationRule, workers: Int, clipping: Clipping = .norm(1), states: StateStorage = .kept
    ) -> () throws -> Void {
        let loop = TrainingLoop(
            network, on: batch, objective, rule: rule, clipping: clipping,
            schedule: .warmUp(steps: 20, .cosine(1e-6, steps: 1000)), workers: workers, states: states,
            dropoutSeed: 7)
        return { try loop.step() }
    }
}
