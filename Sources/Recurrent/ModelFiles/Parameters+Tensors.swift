import RecurrentFormats
import RecurrentLinearAlgebra

extension Parameters {
    /// The parts as tensors with PyTorch's names, shapes and order of gates, `prefix` before each name.
    /// PyTorch's weights multiply from the left, so each tensor is the transpose of ours; PyTorch has two
    /// state biases where one is needed, and the second is zeros but for the b_n of a GRU.
    func tensors(prefix: String = "") -> [Safetensors.Tensor] {
        let names = TensorNames(prefix: prefix)
        return layout.parts.flatMap { part -> [Safetensors.Tensor] in
            let matrix = part.columnsForFile(matrix(part.name))
            let names = names[part.name]
            switch part.name.kind {
            case .embedding:
                return [Safetensors.Tensor(name: names[0], matrix)]
            case .inputWeights, .stateWeights, .outputWeights:
                return [Safetensors.Tensor(name: names[0], matrix.transposed)]
            case .stateBias:
                return [
                    Safetensors.Tensor(name: names[0], matrix, asVector: true),
                    Safetensors.Tensor(name: names[1], secondBias(of: part), asVector: true),
                ]
            case .candidateBias:
                return []
            case .outputBias, .initialState, .initialCellState:
                return [Safetensors.Tensor(name: names[0], matrix, asVector: true)]
            }
        }
    }

    /// Zeros, or a GRU's b_n behind zeros for r and z.
    private func secondBias(of part: ParameterLayout.Part) -> Matrix<S> {
        let b_n = self[part.name.candidateBias]
        return Matrix(rows: 1, columns: part.columns) { _, column in
            b_n.map { b_n in
                let first = part.columns - b_n.columns
                return column < first ? 0 : b_n[0, column - first]
            } ?? 0
        }
    }
}
