import Recurrent

/// A network and the settings of its training, as far as the user can choose them.
struct Recipe {
    /// H
    var stateWidth: Int
    var epochs: Int
    /// B
    var batchSize: Int
    /// The peak of the schedule.
    var learningRate: Double
    /// T, where long sequences are cut into windows.
    var window = 0
    var cell = CellKind.elman
    /// Φ of Elman cells.
    var activation = Activation.tanh
    var layers = 1
    var directions = Directions.forward
    /// The width of the vectors that tokens become; nil if the first layer reads them as they are.
    var embeddingWidth: Int?
    /// Between layers.
    var dropout = 0.0
    /// On s_{t−1}.
    var stateDropout = 0.0
    /// On the states that the read-out sees.
    var readOutDropout = 0.0

    func with(_ options: TrainingOptions) -> Recipe {
        let network = options.network
        return Recipe(
            stateWidth: network.stateWidth ?? stateWidth, epochs: options.epochs ?? epochs,
            batchSize: options.batchSize ?? batchSize, learningRate: options.learningRate ?? learningRate,
            window: options.window ?? window, cell: network.cell ?? cell, activation: activation,
            layers: network.layers ?? layers, directions: network.directions ?? directions,
            embeddingWidth: network.embeddingWidth ?? embeddingWidth, dropout: network.dropout ?? dropout,
            stateDropout: network.stateDropout ?? stateDropout,
            readOutDropout: network.readOutDropout ?? readOutDropout)
    }

    /// The network.
    ///
    /// - Parameter recurrent: false for Elman cells without W_s, which know nothing of the steps before. Other cells
    ///   would: their gates keep a state without W_s too.
    func configuration(
        inputWidth: Int, outputWidth: Int, output: OutputFunction = .linear, readOut: ReadOut = .everyStep,
        recurrent: Bool = true
    ) -> NetworkConfiguration {
        NetworkConfiguration(
            inputWidth: inputWidth, stateWidth: stateWidth, outputWidth: outputWidth, layers: layers,
            cell: recurrent ? recurrentCell : .elman(activation), output: output, directions: directions,
            recurrent: recurrent, embeddingWidth: embeddingWidth, readOut: readOut, dropout: dropout,
            stateDropout: recurrent ? stateDropout : 0, readOutDropout: readOutDropout)
    }

    private var recurrentCell: RecurrentCell {
        switch cell {
        case .elman: .elman(activation)
        case .lstm: .lstm
        case .gru: .gru()
        }
    }
}

extension RecurrentNetwork {
    /// A network before training. Gated cells begin with orthogonal matrices in W_s, one for each gate, W_x as Glorot
    /// and Bengio (2010) draw it, forget gates with a bias of 1 and no other bias, as in Keras.
    ///
    /// - Parameter elman: the distribution for Elman cells.
    init(_ configuration: NetworkConfiguration, elman: Initialiser, seed: UInt64) {
        var generator = RandomGenerator(seed: seed)
        let hasGates = configuration.layers.contains { $0.cell.kind.isGated }
        self.init(configuration, initialiser: hasGates ? .orthogonal : elman, using: &generator)
    }
}
