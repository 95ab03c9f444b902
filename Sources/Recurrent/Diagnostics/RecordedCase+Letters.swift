import RecurrentLinearAlgebra

// Format 1: one forward layer of Elman cells, with the letters of the mathematics.
extension RecordedCase.Contents {
    private enum Letter: String, CodingKey { case Wx, Ws, Wy, bs, by, s0, X }

    init(letters file: RecordedCase.File, _ sizes: RecordedCase.Sizes, _ output: OutputFunction) throws {
        let (T, B, I, H, O) = (sizes.T, sizes.B, sizes.I, sizes.H, sizes.O)
        let configuration = NetworkConfiguration(
            inputWidth: I, stateWidth: H, outputWidth: O,
            cell: .elman(try RecordedCase.activation(in: file)), output: output)
        network = try Self.network(configuration, in: file, H)
        initialState = try file.matrix(.s0, B, H)
        let gradients = try file.nestedContainer(keyedBy: Letter.self, forKey: .gradients)
        expected =
            try [("S", file.timeMajor(.S, T, B, H))] + RecordedCase.results(in: file, sizes) + [
                ("Wx", gradients.matrix(.Wx, I, H)),
                ("Ws", gradients.matrix(.Ws, H, H)),
                ("Wy", gradients.matrix(.Wy, H, O)),
                ("bs", gradients.vector(.bs, H)),
                ("by", gradients.vector(.by, O)),
                ("s0", gradients.matrix(.s0, B, H)),
                ("X", gradients.timeMajor(.X, T, B, I)),
            ]
    }

    /// The weights, all checked against the widths before memory is allocated.
    private static func network(
        _ configuration: NetworkConfiguration, in file: RecordedCase.File, _ H: Int
    ) throws -> RecurrentNetwork<Double> {
        let (I, O) = (configuration.inputWidth, configuration.outputWidth)
        let weights = try file.nestedContainer(keyedBy: Letter.self, forKey: .weights)
        let parts: [ParameterName: Matrix<Double>] = [
            .inputWeights: try weights.matrix(.Wx, I, H),
            .stateWeights: try weights.matrix(.Ws, H, H),
            .outputWeights: try weights.matrix(.Wy, H, O),
            .stateBias: try weights.vector(.bs, H),
            .outputBias: try weights.vector(.by, O),
        ]
        var parameters = Parameters<Double>(layout: ParameterLayout(configuration))
        for (name, part) in parts { parameters[name] = part }
        return RecurrentNetwork(configuration, parameters: parameters)
    }
}
