/// The names of a network's tensors in a file: PyTorch's, behind the names of the network's parts.
struct TensorNames {
    var recurrent: String
    var readOut: String
    var embedding: String

    /// The names in files written here, `prefix` before each.
    init(prefix: String = "") {
        (recurrent, readOut, embedding) = (prefix + "rnn", prefix + "readout", prefix + "embedding")
    }

    /// Read-out and embedding beside the recurrent part, with their names in files written here.
    init(besideRecurrent recurrent: String) {
        self.init(prefix: Self.part(of: recurrent).map { $0 + "." } ?? "")
        self.recurrent = recurrent
    }

    /// The names of the tensors that hold a part of the parameters: one, or two that are added. A b_n is the
    /// end of the second tensor of its b_s. Initial states, which PyTorch's modules do not have, stand beside
    /// the recurrent part.
    subscript(_ name: ParameterName) -> [String] {
        let cell = "l\(name.layer)" + (name.isReverse ? "_reverse" : "")
        return switch name.kind {
        case .embedding: [Self.join(embedding, "weight")]
        case .inputWeights: [Self.join(recurrent, "weight_ih_" + cell)]
        case .stateWeights: [Self.join(recurrent, "weight_hh_" + cell)]
        case .stateBias: [Self.join(recurrent, "bias_ih_" + cell), Self.join(recurrent, "bias_hh_" + cell)]
        case .candidateBias: [Self.join(recurrent, "bias_hh_" + cell)]
        case .initialState: [Self.join(Self.part(of: recurrent) ?? "", "initial_state_" + cell)]
        case .initialCellState: [Self.join(Self.part(of: recurrent) ?? "", "initial_cell_state_" + cell)]
        case .outputWeights: [Self.join(readOut, "weight")]
        case .outputBias: [Self.join(readOut, "bias")]
        }
    }

    /// True if a tensor belongs to one of the parts.
    func contain(_ tensor: String) -> Bool {
        [recurrent, readOut, embedding].contains(Self.part(of: tensor) ?? "")
    }

    /// The name of a tensor of a part.
    static func join(_ part: String, _ tensor: String) -> String {
        part.isEmpty ? tensor : part + "." + tensor
    }

    /// What stands before the last dot, or nil without a dot.
    static func part(of name: String) -> String? {
        name.lastIndex(of: ".").map { String(name[..<$0]) }
    }

    /// The part that has a tensor of this name, or nil for other tensors.
    static func part(of name: String, having tensor: String) -> String? {
        if name == tensor { return "" }
        return name.hasSuffix("." + tensor) ? part(of: name) : nil
    }
}
