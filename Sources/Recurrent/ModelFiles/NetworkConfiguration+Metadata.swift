import RecurrentLinearAlgebra

// A configuration as a model file's metadata. What holds for every layer is written once, otherwise layer by layer
// with commas; widths are those of the tensors.
extension NetworkConfiguration {
    var metadata: [String: String] {
        [
            "elman.activation": list { ($0.cell.activation ?? .tanh).rawValue },
            "elman.directions": list { $0.directions.rawValue },
            "elman.recurrent": list { "\($0.isRecurrent)" },
            "elman.state_bias": list { "\($0.hasBias)" },
            "elman.output": output.rawValue,
            "elman.output_bias": "\(hasOutputBias)",
            "elman.read_out": readOut.rawValue,
            "elman.dropout": "\(dropout)",
            "elman.state_dropout": "\(stateDropout)",
        ]
    }

    private func list(_ value: (RecurrentLayer) -> String) -> String {
        let values = layers.map(value)
        return Set(values).count == 1 ? values[0] : values.joined(separator: ",")
    }

    /// The configuration of the network that a file holds.
    ///
    /// - Throws: `ModelError` naming the tensor or the key.
    init(_ file: ModelReader, assuming assumed: AssumedFunctions?) throws(ModelError) {
        let count = file.layerCount
        let activations: [Activation] = try file.values("elman.activation", count, assumed?.activation)
        let directions: [Directions] = try file.values(
            "elman.directions", count,
            file.has(.inputWeights(layer: 0, reverse: true)) ? .bidirectional : .forward)
        let recurrent = try file.flags("elman.recurrent", count) { .stateWeights(layer: $0) }
        let biases = try file.flags("elman.state_bias", count) { .stateBias(layer: $0) }
        var layers: [RecurrentLayer] = []
        for number in 0..<count {
            let (width, _) = try file.dimensions(.inputWeights(layer: number))
            layers.append(
                RecurrentLayer(
                    .elman(activations[number]), stateWidth: width, directions: directions[number],
                    bias: biases[number], recurrent: recurrent[number]))
        }
        var (inputWidth, embeddingWidth) = (try file.dimensions(.inputWeights).1, Int?.none)
        if file.has(.embedding) {
            let (vocabulary, width) = try file.dimensions(.embedding)
            (inputWidth, embeddingWidth) = (vocabulary, width)
        }
        let outputBias = try file.flags("elman.output_bias", 1) { _ in .outputBias }
        let output: [OutputFunction] = try file.values("elman.output", 1, assumed?.output)
        let readOut: [ReadOut] = try file.values("elman.read_out", 1, assumed?.readOut ?? .everyStep)
        self.init(
            inputWidth: inputWidth, layers: layers, outputWidth: try file.dimensions(.outputWeights).0,
            output: output[0], outputBias: outputBias[0], embeddingWidth: embeddingWidth,
            readOut: readOut[0], dropout: try file.probability("elman.dropout"),
            stateDropout: try file.probability("elman.state_dropout"),
            learnsInitialState: file.has(.initialState))
    }
}
