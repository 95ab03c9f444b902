/// A network without its weights: its layers, the embedding before them and the read-out behind, and the parts that
/// exist.
public struct NetworkConfiguration: Equatable, Sendable {
    /// I, the width of x_t; for tokens the size of the vocabulary.
    public let inputWidth: Int
    /// The width of the vectors that tokens are turned into, or nil if there is no embedding.
    public let embeddingWidth: Int?
    /// The recurrent layers, the first one nearest to the input.
    public let layers: [RecurrentLayer]
    /// O, the width of y_t.
    public let outputWidth: Int
    /// σ
    public let output: OutputFunction
    /// True if there is a b_y.
    public let hasOutputBias: Bool
    public let readOut: ReadOut
    /// The probability with which an element of the output of each layer but the last is dropped in training.
    public let dropout: Double
    /// The probability with which an element of s_{t−1} is dropped in training, the same elements in all
    /// steps of a sequence.
    public let stateDropout: Double
    /// The probability with which an element of the states that the read-out sees is dropped in training.
    public let readOutDropout: Double
    /// True if s_0 is a parameter. It is zero otherwise.
    public let learnsInitialState: Bool
    /// Every direction of every layer.
    let cells: [LayerCell]

    /// A network of equal layers.
    ///
    /// - Parameters:
    ///   - inputWidth: I.
    ///   - stateWidth: H of every layer and direction.
    ///   - outputWidth: O.
    ///   - layers: the number of recurrent layers; 1 by default.
    ///   - cell: the equations of every layer; Elman's with tanh by default.
    ///   - output: σ; linear by default.
    ///   - directions: forward by default.
    ///   - stateBias: true for a b_s; the default.
    ///   - outputBias: true for a b_y; the default.
    ///   - recurrent: true for a W_s; the default.
    ///   - embeddingWidth: the width of the token embedding; none by default.
    ///   - readOut: the states that outputs are computed from; every step by default.
    ///   - dropout: between layers; 0 by default.
    ///   - stateDropout: on the recurrent state; 0 by default.
    ///   - readOutDropout: on the states that the read-out sees; 0 by default.
    ///   - learnsInitialState: true if s_0 is a parameter; false by default.
    /// - Precondition: all widths and `layers` are at least 1, probabilities are in 0..<1.
    public init(
        inputWidth: Int, stateWidth: Int, outputWidth: Int, layers: Int = 1,
        cell: RecurrentCell = .elman(), output: OutputFunction = .linear,
        directions: Directions = .forward, stateBias: Bool = true, outputBias: Bool = true,
        recurrent: Bool = true, embeddingWidth: Int? = nil, readOut: ReadOut = .everyStep,
        dropout: Double = 0, stateDropout: Double = 0, readOutDropout: Double = 0,
        learnsInitialState: Bool = false
    ) {
        requireWidths(inputWidth, stateWidth, outputWidth)
        requireLayers(layers)
        let layer = RecurrentLayer(
            cell, stateWidth: stateWidth, directions: directions, bias: stateBias,
            recurrent: recurrent)
        self.init(
            inputWidth: inputWidth, layers: Array(repeating: layer, count: layers),
            outputWidth: outputWidth, output: output, outputBias: outputBias,
            embeddingWidth: embeddingWidth, readOut: readOut, dropout: dropout,
            stateDropout: stateDropout, readOutDropout: readOutDropout,
            learnsInitialState: learnsInitialState)
    }

    /// A network of any layers; the other parameters are those of a network of equal layers.
    ///
    /// - Precondition: there is a layer, all widths are at least 1, probabilities are in 0..<1.
    public init(
        inputWidth: Int, layers: [RecurrentLayer], outputWidth: Int, output: OutputFunction = .linear,
        outputBias: Bool = true, embeddingWidth: Int? = nil, readOut: ReadOut = .everyStep,
        dropout: Double = 0, stateDropout: Double = 0, readOutDropout: Double = 0,
        learnsInitialState: Bool = false
    ) {
        requireWidth(inputWidth, "I")
        requireWidth(outputWidth, "O")
        requireWidth(embeddingWidth ?? 1, "the embedding")
        requireLayers(layers.count)
        requireDropout(dropout)
        requireDropout(stateDropout)
        requireDropout(readOutDropout)
        self.inputWidth = inputWidth
        self.embeddingWidth = embeddingWidth
        self.layers = layers
        self.outputWidth = outputWidth
        self.output = output
        self.hasOutputBias = outputBias
        self.readOut = readOut
        self.dropout = dropout
        self.stateDropout = stateDropout
        self.readOutDropout = readOutDropout
        self.learnsInitialState = learnsInitialState
        cells = Self.cells(of: layers, inputWidth: embeddingWidth ?? inputWidth)
    }

    private static func cells(of layers: [RecurrentLayer], inputWidth: Int) -> [LayerCell] {
        var cells: [LayerCell] = []
        for (number, layer) in layers.enumerated() {
            let below = number == 0 ? inputWidth : layers[number - 1].outputWidth
            for direction in 0..<layer.directions.count {
                let first = cells.last?.columns.upperBound ?? 0
                let shape = layer.cell.shape
                let firstOutput = layer.directions == .bidirectional ? direction * layer.stateWidth : 0
                cells.append(
                    LayerCell(
                        layer: number, isReverse: direction == 1, inputWidth: below,
                        equations: layer.cell, shape: shape, width: layer.stateWidth, hasBias: layer.hasBias,
                        isRecurrent: layer.isRecurrent,
                        columns: first..<first + (shape.hasCellState ? 2 : 1) * layer.stateWidth,
                        outputColumns: firstOutput..<firstOutput + layer.stateWidth))
            }
        }
        return cells
    }

    /// The width of the states of all layers and directions side by side, an LSTM's c after its s: H of a single forward
    /// layer of Elman cells or GRUs, 2·H of an LSTM.
    public var stateWidth: Int { cells[cells.count - 1].columns.upperBound }

    /// The columns of s, or of c, of one cell in states side by side; nil if there is no such cell, or no c.
    public func columns(of part: StatePart, layer: Int = 0, reverse: Bool = false) -> Range<Int>? {
        guard let cell = cells.first(where: { $0.layer == layer && $0.isReverse == reverse }),
            cell.stateParts.contains(part)
        else { return nil }
        let (first, columns) = (cell.columns.lowerBound, cell.columns(of: part))
        return first + columns.lowerBound..<first + columns.upperBound
    }

    /// G·H of all layers and directions side by side.
    var gateWidth: Int { cells.reduce(0) { $0 + $1.gateWidth } }

    /// The numbers that a sequence's step takes in the memory of all cells, on the way back.
    var unfoldedWidth: Int { cells.reduce(0) { $0 + $1.unfoldedWidth } }

    /// The width of the read-out's input.
    public var readOutWidth: Int { layers[layers.count - 1].outputWidth }

    /// True if some layer reads both ways, so that no output is known before a sequence has ended.
    public var isBidirectional: Bool { cells.contains { $0.isReverse } }

    /// True if there is one output for a whole sequence.
    public var isPooled: Bool { readOut != .everyStep }

    /// The numbers of the cells of a layer.
    func cells(of layer: Int) -> Range<Int> {
        let first = cells.firstIndex { $0.layer == layer } ?? 0
        return first..<first + layers[layer].directions.count
    }
}
