import RecurrentFormats
import RecurrentLinearAlgebra

extension Parameters {
    /// The parts as tensors with PyTorch's names and shapes, `prefix` before each name. PyTorch's weights multiply from
    /// the left, so each tensor is the transpose of ours; PyTorch has two state biases where one is needed, and the
    /// second is written as zeros.
    func tensors(prefix: String = "") -> [Safetensors.Tensor] {
        layout.parts.flatMap { part -> [Safetensors.Tensor] in
            let view = view(part.name)
            let names = part.name.tensorNames.map { prefix + $0 }
            switch part.name.kind {
            case .embedding:
                return [Safetensors.Tensor(name: names[0], Matrix(view))]
            case .inputWeights, .stateWeights, .outputWeights:
                return [Safetensors.Tensor(name: names[0], Matrix(view.transposed))]
            case .stateBias:
                let zeros = Matrix<S>(rows: 1, columns: part.columns)
                return [
                    Safetensors.Tensor(name: names[0], Matrix(view), asVector: true),
                    Safetensors.Tensor(name: names[1], zeros, asVector: true),
                ]
            case .outputBias, .initialState:
                return [Safetensors.Tensor(name: names[0], Matrix(view), asVector: true)]
            }
        }
    }
}

extension ParameterName {
    /// PyTorch's names of the tensors that hold a part: one, or two that are added.
    var tensorNames: [String] {
        let cell = "l\(layer)" + (isReverse ? "_reverse" : "")
        return switch kind {
        case .embedding: ["embedding.weight"]
        case .inputWeights: ["rnn.weight_ih_" + cell]
        case .stateWeights: ["rnn.weight_hh_" + cell]
        case .stateBias: ["rnn.bias_ih_" + cell, "rnn.bias_hh_" + cell]
        case .initialState: ["initial_state_" + cell]
        case .outputWeights: ["readout.weight"]
        case .outputBias: ["readout.bias"]
        }
    }
}
