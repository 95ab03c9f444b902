import Recurrent

extension NetworkConfiguration {
    /// The network in words, such as "12 inputs, 64 bidirectional tanh units, 9 softmax outputs, one output per sequence
    /// (last step)". Defaults go without saying: that layers are recurrent and have biases, and that every step has an
    /// output.
    var words: String {
        let parts: [String?] = [
            embeddingWidth.map { "\(counted(inputWidth, "token")) embedded in \(counted($0, "number"))" }
                ?? counted(inputWidth, "input"),
            layerWords,
            counted(outputWidth, "\(output.rawValue) output") + (hasOutputBias ? "" : " without bias"),
            readOut.words,
            learnsInitialState ? "initial state learned" : nil,
            dropout > 0 ? "dropout \(dropout)" : nil,
            stateDropout > 0 ? "state dropout \(stateDropout)" : nil,
            readOutDropout > 0 ? "read-out dropout \(readOutDropout)" : nil,
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }

    private var layerWords: String {
        if layers.count > 1, layers.allSatisfy({ $0 == layers[0] }) {
            return "\(layers.count) layers of \(layers[0].words)"
        }
        return layers.map(\.words).joined(separator: ", then ")
    }
}

extension RecurrentLayer {
    fileprivate var words: String {
        let direction =
            switch directions {
            case .forward: ""
            case .bidirectional: "bidirectional "
            case .bidirectionalSum: "summed bidirectional "
            }
        return counted(stateWidth, "\(direction)\(cell.words) unit")
            + (isRecurrent ? "" : cell.kind.isGated ? " without recurrent weights" : " without recurrence")
            + (hasBias ? "" : " without bias")
    }
}

extension RecurrentCell {
    var kind: CellKind {
        switch self {
        case .elman: .elman
        case .lstm: .lstm
        case .gru: .gru
        }
    }

    /// The cell before the word "unit" or "cell".
    var words: String {
        switch self {
        case .elman(let activation): activation.rawValue
        case .lstm: "LSTM"
        case .gru(.afterProduct): "GRU"
        case .gru(.beforeProduct): "reset-before GRU"
        }
    }
}

extension ReadOut {
    /// nil for the default, an output for every step.
    fileprivate var words: String? {
        switch self {
        case .everyStep: nil
        case .lastStep: "one output per sequence (last step)"
        case .meanOverSteps: "one output per sequence (mean over steps)"
        }
    }
}
