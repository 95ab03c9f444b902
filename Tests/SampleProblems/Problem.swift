import Recurrent

/// A network with its batch and objective, drawn from a seed: the cases of every cross-cutting test.
package struct Problem: CustomStringConvertible, Sendable {
    /// The cell of each layer.
    package var cells: [RecurrentCell]
    package var output: OutputFunction
    package var loss: Loss
    package var stateBias: Bool
    package var outputBias: Bool
    package var recurrent: Bool
    package var directions: Directions
    package var readOut: ReadOut
    package var embeddingWidth: Int?
    package var dropout: Double
    package var stateDropout: Double
    package var readOutDropout: Double
    package var learnsInitialState: Bool
    package var T: Int
    package var B: Int
    package var ragged: Bool
    package var steps: LossPlacement
    package var reduction: Reduction
    package var I: Int
    package var H: Int
    package var O: Int
    /// The bound of the inputs' magnitudes. Wide inputs of magnitude 1 would saturate gates.
    package var inputScale = 1.0
    /// Every δ of a step is clipped to ± this.
    package var stepLimit: Double?
    /// True for weights of the values of targets, every third of them 0 and its value NaN.
    package var weighsValues = false

    /// - Parameters:
    ///   - cell: that of all layers; Elman's with tanh by default.
    ///   - activation: Φ of an Elman cell in its place.
    ///   - cells: one for each layer, in the place of `cell` and `layers`.
    package init(
        cell: RecurrentCell = .elman(), activation: Activation? = nil, cells: [RecurrentCell]? = nil,
        output: OutputFunction = .linear, loss: Loss = .halfSquaredError, stateBias: Bool = true,
        outputBias: Bool = true, recurrent: Bool = true, layers: Int = 1,
        directions: Directions = .forward, readOut: ReadOut = .everyStep, embeddingWidth: Int? = nil,
        dropout: Double = 0.0, stateDropout: Double = 0.0, readOutDropout: Double = 0.0,
        learnsInitialState: Bool = false, T: Int = 4, B: Int = 3, ragged: Bool = false,
        steps: LossPlacement = .every, reduction: Reduction = .sum,
        I: Int = 3, H: Int = 5, O: Int = 2
    ) {
        let same = activation.map { RecurrentCell.elman($0) } ?? cell
        self.cells = cells ?? Array(repeating: same, count: layers)
        self.output = output
        self.loss = loss
        self.stateBias = stateBias
        self.outputBias = outputBias
        self.recurrent = recurrent
        self.directions = directions
        self.readOut = readOut
        self.embeddingWidth = embeddingWidth
        self.dropout = dropout
        self.stateDropout = stateDropout
        self.readOutDropout = readOutDropout
        self.learnsInitialState = learnsInitialState
        self.T = T
        self.B = B
        self.ragged = ragged
        self.steps = steps
        self.reduction = reduction
        self.I = I
        self.H = H
        self.O = O
    }

    package var description: String {
        "\(cellNames) \(output) \(loss) b_s:\(stateBias) b_y:\(outputBias) W_s:\(recurrent) layers:\(cells.count) \(directions) \(readOut) embedding:\(embeddingWidth ?? 0) dropout:\(dropoutWords) s_0:\(learnsInitialState) T=\(T) B=\(B) ragged:\(ragged) \(steps) \(reduction)"
            + (weighsValues ? " weighted values" : "")
    }

    private var dropoutWords: String {
        "\(dropout),\(stateDropout)" + (readOutDropout > 0 ? ",\(readOutDropout)" : "")
    }

    /// One name if all layers have the same cell.
    private var cellNames: String {
        let names = cells.map { cell in
            switch cell {
            case .elman(let activation): "\(activation)"
            case .lstm: "lstm"
            case .gru(let reset): "gru-\(reset)"
            }
        }
        return Set(names).count == 1 ? names[0] : names.joined(separator: "+")
    }

    package var configuration: NetworkConfiguration {
        let layers = cells.map {
            RecurrentLayer(
                $0, stateWidth: H, directions: directions, bias: stateBias, recurrent: recurrent)
        }
        return NetworkConfiguration(
            inputWidth: I, layers: layers, outputWidth: O, output: output, outputBias: outputBias,
            embeddingWidth: embeddingWidth, readOut: readOut, dropout: dropout, stateDropout: stateDropout,
            readOutDropout: readOutDropout, learnsInitialState: learnsInitialState)
    }

    /// The seed of the dropout masks; nil if nothing is dropped.
    package var dropoutSeed: UInt64? { dropout + stateDropout + readOutDropout > 0 ? 77 : nil }

    /// Problems with every feature and cell at least once. All losses are smooth at the point that is drawn.
    package static let list = elman + gated

    /// Problems with Elman cells.
    package static let elman =
        [
            Problem(), Problem(activation: .sigmoid), Problem(activation: .relu),
            Problem(activation: .identity),
            Problem(output: .softmax, loss: .crossEntropy),
            Problem(output: .sigmoid, loss: .binaryCrossEntropy),
            Problem(output: .softmax, loss: .squaredError),
            Problem(output: .sigmoid, loss: .meanSquaredError),
            Problem(stateBias: false, outputBias: false), Problem(recurrent: false), Problem(T: 1, B: 1),
            Problem(T: 7, B: 4, ragged: true), Problem(T: 6, ragged: true, steps: .last),
            Problem(T: 6, ragged: true, steps: .weighted, reduction: .meanOverSteps),
            Problem(
                output: .softmax, loss: .crossEntropy, T: 5, ragged: true, steps: .last,
                reduction: .meanOverSequences),
            Problem(T: 9, B: 1, I: 1, H: 7, O: 1),
        ] + deep

    /// Those of them with stacks, both directions, the other read-outs, embeddings, dropout or trainable initial
    /// states.
    package static let deep = [
        Problem(layers: 2), Problem(activation: .relu, layers: 3, T: 6, B: 5, ragged: true),
        Problem(activation: .sigmoid, stateBias: false, layers: 2, T: 6, ragged: true, steps: .last),
        Problem(directions: .bidirectional, T: 6, B: 5, ragged: true),
        Problem(layers: 2, directions: .bidirectional, T: 5, B: 4, ragged: true),
        Problem(
            output: .softmax, loss: .crossEntropy, layers: 3, directions: .bidirectionalSum, T: 5,
            ragged: true),
        Problem(recurrent: false, layers: 2, directions: .bidirectional),
        Problem(readOut: .lastStep, T: 6, B: 5, ragged: true),
        Problem(readOut: .meanOverSteps, T: 6, B: 5, ragged: true),
        Problem(
            output: .softmax, loss: .crossEntropy, directions: .bidirectional, readOut: .lastStep, T: 6,
            B: 5, ragged: true, reduction: .meanOverSequences),
        Problem(layers: 2, directions: .bidirectionalSum, readOut: .lastStep, T: 6, B: 5, ragged: true),
        Problem(directions: .bidirectional, readOut: .meanOverSteps, T: 6, B: 5, ragged: true),
        Problem(layers: 2, directions: .bidirectionalSum, readOut: .meanOverSteps, T: 6, ragged: true),
        Problem(embeddingWidth: 4, T: 6, B: 5, ragged: true, I: 9),
        Problem(layers: 2, directions: .bidirectional, embeddingWidth: 2, T: 6, ragged: true, I: 5),
        Problem(layers: 2, dropout: 0.4, T: 6, B: 5, ragged: true, H: 8),
        Problem(stateDropout: 0.4, T: 6, B: 5, ragged: true, H: 8),
        Problem(
            layers: 2, directions: .bidirectional, readOut: .meanOverSteps, dropout: 0.3, stateDropout: 0.3,
            T: 6, B: 5, ragged: true, H: 8),
        Problem(readOutDropout: 0.4, T: 6, B: 5, ragged: true, H: 8),
        Problem(readOut: .lastStep, readOutDropout: 0.4, T: 6, B: 5, ragged: true, H: 8),
        Problem(
            layers: 2, directions: .bidirectionalSum, dropout: 0.3, stateDropout: 0.3, readOutDropout: 0.4,
            T: 6, B: 5, ragged: true, H: 8),
        Problem(
            directions: .bidirectional, readOut: .meanOverSteps, readOutDropout: 0.4, T: 6, B: 5,
            ragged: true, H: 8),
        Problem(learnsInitialState: true, T: 6, B: 5, ragged: true),
        Problem(layers: 2, directions: .bidirectional, learnsInitialState: true, T: 6, B: 5, ragged: true),
    ]

    /// All valid pairs of output and one of the losses that have kernels of their own.
    package static let tasks: [(OutputFunction, Loss)] = OutputFunction.allCases.flatMap { output in
        [.squaredError, .halfSquaredError, .meanSquaredError, .crossEntropy, .binaryCrossEntropy]
            .filter { (loss: Loss) in loss.accepts(output) }.map { (output, $0) }
    }
}
