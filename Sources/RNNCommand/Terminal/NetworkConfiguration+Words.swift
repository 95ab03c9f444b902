import Recurrent

extension NetworkConfiguration {
    /// The network in words, such as "12 inputs, 64 tanh units read both ways, 9 softmax outputs, one output a sequence
    /// (last step)". What is usual is not said: that layers are recurrent and have biases, and that there is an output
    /// for every step.
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
            case .bidirectional: " read both ways"
            case .bidirectionalSum: " read both ways and added"
            }
        return counted(stateWidth, "\(cell.words) unit") + (isRecurrent ? "" : " without recurrence")
            + (hasBias ? "" : " without bias") + direction
    }
}

extension RecurrentCell {
    fileprivate var words: String {
        switch self {
        case .elman(let activation): activation.rawValue
        }
    }
}

extension ReadOut {
    /// nil for what is usual.
    fileprivate var words: String? {
        switch self {
        case .everyStep: nil
        case .lastStep: "one output a sequence (last step)"
        case .meanOverSteps: "one output a sequence (mean over steps)"
        }
    }
}

/// "1 input", "2 inputs"
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
