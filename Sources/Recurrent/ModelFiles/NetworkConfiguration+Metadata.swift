// A configuration as a model file's metadata. A value that holds for every layer is written once, otherwise
// layer by layer with commas; `network.activation` counts the Elman layers only. Widths are those of the
// tensors.
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
        if readOutDropout > 0 { values[.readOutDropout] = "\(readOutDropout)" }
        return Dictionary(uniqueKeysWithValues: values.map { ($0.key.name, $0.value) })
    }

    private func list(_ values: [String]) -> String {
        Set(values).count == 1 ? values[0] : values.joined(separator: ",")
    }

    /// The configuration of a network in a file whose layers are known.
    ///
    /// - Throws: `ModelError` naming the tensor or the key.
    init(
        _ file: ModelReader, _ layers: [RecurrentLayer], assuming assumed: AssumedFunctions?
    ) throws(ModelError) {
        var (inputWidth, embeddingWidth) = (try file.dimensions(.inputWeights).1, Int?.none)
        if file.has(.embedding) {
            let (vocabulary, width) = try file.dimensions(.embedding)
            (inputWidth, embeddingWidth) = (vocabulary, width)
        }
        let outputBias = try file.metadata.flags(.outputBias, [file.has(.outputBias)])
        let output: [OutputFunction] = try file.metadata.values(.output, 1, assumed?.output)
        let readOut: [ReadOut] = try file.metadata.values(.readOut, 1, assumed?.readOut ?? .everyStep)
        self.init(
            inputWidth: inputWidth, layers: layers, outputWidth: try file.dimensions(.outputWeights).0,
            output: output[0], outputBias: outputBias[0], embeddingWidth: embeddingWidth,
            readOut: readOut[0], dropout: try file.metadata.probability(.dropout),
            stateDropout: try file.metadata.probability(.stateDropout),
            readOutDropout: try file.metadata.probability(.readOutDropout),
            learnsInitialState: file.hasInitialStates(of: layers.count))
    }
}

extension ModelReader {
    fileprivate func hasInitialStates(of layers: Int) -> Bool {
        (0..<layers).contains { layer in
            [false, true].contains { reverse in
                has(.initialState(layer: layer, reverse: reverse))
                    || has(.initialCellState(layer: layer, reverse: reverse))
            }
        }
    }
}
