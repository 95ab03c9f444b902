// A configuration as a model file's metadata. A value that holds for every layer is written once, otherwise layer by
// layer with commas; `network.activation` counts the Elman layers only. Widths are those of the tensors.
extension NetworkConfiguration {
    var metadata: [String: String] {
        var values: [NetworkKey: String] = [
            .cell: list(layers.map(\.cell.name.rawValue)),
            .directions: list(layers.map(\.directions.rawValue)),
            .recurrent: list(layers.map { "\($0.isRecurrent)" }),
            .stateBias: list(layers.map { "\($0.hasBias)" }),
            .output: output.rawValue,
            .outputBias: "\(hasOutputBias)",
            .readOut: readOut.rawValue,
            .dropout: "\(dropout)",
            .stateDropout: "\(stateDropout)",
        ]
        let activations = layers.compactMap(\.cell.activation)
        if !activations.isEmpty { values[.activation] = list(activations.map(\.rawValue)) }
        return Dictionary(uniqueKeysWithValues: values.map { ($0.key.name, $0.value) })
    }

    private func list(_ values: [String]) -> String {
        Set(values).count == 1 ? values[0] : values.joined(separator: ",")
    }

    /// The configuration of the network that a file holds.
    ///
    /// - Throws: `ModelError` naming the tensor or the key.
    init(_ file: ModelReader, assuming assumed: AssumedFunctions?) throws(ModelError) {
        let layers = try file.layers(assuming: assumed)
        var (inputWidth, embeddingWidth) = (try file.dimensions(.inputWeights).1, Int?.none)
        if file.has(.embedding) {
            let (vocabulary, width) = try file.dimensions(.embedding)
            (inputWidth, embeddingWidth) = (vocabulary, width)
        }
        let outputBias = try file.flags(.outputBias, 1) { _ in .outputBias }
        let output: [OutputFunction] = try file.values(.output, 1, assumed?.output)
        let readOut: [ReadOut] = try file.values(.readOut, 1, assumed?.readOut ?? .everyStep)
        self.init(
            inputWidth: inputWidth, layers: layers, outputWidth: try file.dimensions(.outputWeights).0,
            output: output[0], outputBias: outputBias[0], embeddingWidth: embeddingWidth,
            readOut: readOut[0], dropout: try file.probability(.dropout),
            stateDropout: try file.probability(.stateDropout),
            learnsInitialState: file.has(.initialState))
    }
}

extension ModelReader {
    fileprivate func layers(assuming assumed: AssumedFunctions?) throws(ModelError) -> [RecurrentLayer] {
        let count = layerCount
        let names = try cellNames(count, assuming: assumed)
        let elmanCount = names.count { $0 == .elman }
        let activations: [Activation] =
            elmanCount == 0 ? [] : try values(.activation, elmanCount, assumed?.activation)
        let directions: [Directions] = try values(
            .directions, count, has(.inputWeights(layer: 0, reverse: true)) ? .bidirectional : .forward)
        let recurrent = try flags(.recurrent, count) { .stateWeights(layer: $0) }
        let biases = try flags(.stateBias, count) { .stateBias(layer: $0) }
        var (layers, elman): ([RecurrentLayer], _) = ([], activations[...])
        for number in 0..<count {
            let cell = names[number].cell(names[number] == .elman ? elman.removeFirst() : .tanh)
            layers.append(
                RecurrentLayer(
                    cell, stateWidth: try stateWidth(number, of: names[number]),
                    directions: directions[number], bias: biases[number], recurrent: recurrent[number]))
        }
        return layers
    }

    /// The cells of `count` layers: as the metadata name them or, without metadata, as the shapes of the weights tell.
    private func cellNames(
        _ count: Int, assuming assumed: AssumedFunctions?
    ) throws(ModelError) -> [CellName] {
        if describesNetwork { return try values(.cell, count, .elman) }
        var names: [CellName] = []
        for layer in 0..<count { names.append(try cellFromShapes(layer, assuming: assumed)) }
        return names
    }

    /// G = rows of weight_ih over columns of weight_hh.
    private func cellFromShapes(
        _ layer: Int, assuming assumed: AssumedFunctions?
    ) throws(ModelError) -> CellName {
        let name = ParameterName.stateWeights(layer: layer)
        guard has(name) else { return .elman }
        let (rows, columns) = try dimensions(name)
        switch (rows % columns, rows / columns) {
        case (0, 1): return .elman
        case (0, 3): return assumed?.reset == .beforeProduct ? .gruResetBefore : .gru
        case (0, 4): return .lstm
        default:
            throw .shape(
                tensor: tensorName(name), found: [rows, columns],
                expected: "H, 3·H or 4·H rows for H columns (RNN, GRU, LSTM)")
        }
    }

    /// H of a layer, from the rows of W_x.
    private func stateWidth(_ layer: Int, of cell: CellName) throws(ModelError) -> Int {
        let name = ParameterName.inputWeights(layer: layer)
        let (rows, columns) = try dimensions(name)
        guard rows % cell.gates == 0 else {
            throw .shape(
                tensor: tensorName(name), found: [rows, columns],
                expected: "a multiple of \(cell.gates) rows, for the gates of \(cell.rawValue)")
        }
        return rows / cell.gates
    }
}
