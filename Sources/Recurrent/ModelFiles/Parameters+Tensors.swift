import RecurrentFormats
import RecurrentLinearAlgebra

extension Parameters {
    /// The parts as tensors with PyTorch's names, shapes and order of gates, `prefix` before each name. PyTorch's weights
    /// multiply from the left, so each tensor is the transpose of ours; PyTorch has two state biases where one is needed,
    /// and the second is zeros but for the b_n of a GRU.
    func tensors(prefix: String = "") -> [Safetensors.Tensor] {
        layout.parts.flatMap { part -> [Safetensors.Tensor] in
            let matrix = part.columnsForFile(matrix(part.name))
            let names = part.name.tensorNames.map { prefix + $0 }
            switch part.name.kind {
            case .embedding:
                return [Safetensors.Tensor(name: names[0], matrix)]
            case .inputWeights, .stateWeights, .outputWeights:
                return [Safetensors.Tensor(name: names[0], matrix.transposed)]
            case .stateBias:
                var second = Matrix<S>(rows: 1, columns: part.columns)
                if let b_n = view(of: part.name.candidateBias) { second.setLastColumns(b_n) }
                return [
                    Safetensors.Tensor(name: names[0], matrix, asVector: true),
                    Safetensors.Tensor(name: names[1], second, asVector: true),
                ]
            case .candidateBias:
                return []
            case .outputBias, .initialState, .initialCellState:
                return [Safetensors.Tensor(name: names[0], matrix, asVector: true)]
            }
        }
    }
}

extension ParameterName {
    /// PyTorch's names of the tensors that hold a part: one, or two that are added. A b_n is the end of the second
    /// tensor of its b_s.
    var tensorNames: [String] {
        let cell = "l\(layer)" + (isReverse ? "_reverse" : "")
        return switch kind {
        case .embedding: ["embedding.weight"]
        case .inputWeights: ["rnn.weight_ih_" + cell]
        case .stateWeights: ["rnn.weight_hh_" + cell]
        case .stateBias: ["rnn.bias_ih_" + cell, "rnn.bias_hh_" + cell]
        case .candidateBias: ["rnn.bias_hh_" + cell]
        case .initialState: ["initial_state_" + cell]
        case .initialCellState: ["initial_cell_state_" + cell]
        case .outputWeights: ["readout.weight"]
        case .outputBias: ["readout.bias"]
        }
    }

    /// The b_n beside a b_s.
    var candidateBias: ParameterName { .candidateBias(layer: layer, reverse: isReverse) }
}
