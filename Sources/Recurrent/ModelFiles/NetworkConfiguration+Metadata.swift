// A configuration as a model file's metadata. A value that holds for every layer is written once, otherwise layer by
// layer with commas; `network.activation` counts the Elman layers only. Widths are those of the tensors.
extension NetworkConfiguration {
    var metadata: [String: String] {
        let values: [NetworkKey: String] = [
            .cell: list(layers.map(\.cell.name.rawValue)),
            .activation: list(layers.compactMap { $0.cell.activation?.rawValue }),
            .directions: list(layers.map(\.directions.rawValue)),
            .recurrent: list(layers.map { "\($0.isRecurrent)" }),
            .stateBias: list(layers.map { "\($0.hasBias)" }),
            .output: output.rawValue,
            .outputBias: "\(hasOutputBias)",
            .readOut: readOut.rawValue,
            .dropout: "\(dropout)",
            .stateDropout: "\(stateDropout)",
        ]
        return Dictionary(uniqueKeysWithValues: values.map { ($0.key.name, $0.value) })
    }

    private func list(_ values: [String]) -> String {
        Set(values).count == 1 ? values[0] : values.joined(separator: ",")
    }

    /// The configuration of the network that a file holds.
    ///
    /// - Throws: `ModelError` naming the tensor or the key.
    init(_ file: ModelReader, assuming assumed: AssumedFunctions?) throws(ModelError) {
        let layers = try file.layers(assuming: assumed?.activation)
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
    fileprivate func layers(assuming activation: Activation?) throws(ModelError) -> [RecurrentLayer] {
        let count = layerCount
        let cells = try cells(count, assuming: activation)
        let directions: [Directions] = try values(
            .directions, count, has(.inputWeights(layer: 0, reverse: true)) ? .bidirectional : .forward)
        let recurrent = try flags(.recurrent, count) { .stateWeights(layer: $0) }
        let biases = try flags(.stateBias, count) { .stateBias(layer: $0) }
        var layers: [RecurrentLayer] = []
        for number in 0..<count {
            let (rows, _) = try dimensions(.inputWeights(layer: number))
            layers.append(
                RecurrentLayer(
                    cells[number], stateWidth: rows / cells[number].gates, directions: directions[number],
                    bias: biases[number], recurrent: recurrent[number]))
        }
        return layers
    }
}
