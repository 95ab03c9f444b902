import Recurrent

/// The gates that a tensor of an LSTM or a GRU holds one below the other, H rows or numbers each, in PyTorch's order.
struct GateRows {
    let gates: [Gate]

    /// nil unless name and shape say that the tensor is W_x, W_s or a bias of such a cell: the W_s beside it, or the tensor
    /// itself, has four or three times as many rows as columns.
    init?(_ tensor: Safetensors.Tensor, in file: Safetensors) {
        let kinds = ["weight_ih_", "weight_hh_", "bias_ih_", "bias_hh_"]
        let path = tensor.name.split(separator: ".", omittingEmptySubsequences: false)
        guard !tensor.name.hasPrefix("optimiser."), let name = path.last,
            let kind = kinds.first(where: { name.hasPrefix($0) })
        else { return nil }
        let W_s = (path.dropLast() + ["weight_hh_" + name.dropFirst(kind.count)]).joined(separator: ".")
        guard let shape = file[W_s]?.shape, shape.count == 2, shape[1] > 0,
            tensor.shape.first == shape[0]
        else { return nil }
        switch shape[0] {
        case 4 * shape[1]: gates = [.input, .forget, .candidate, .output]
        case 3 * shape[1]: gates = [.reset, .update, .candidate]
        default: return nil
        }
    }

    /// The shape of one gate's share.
    func shape(of tensor: Safetensors.Tensor) -> [Int] {
        [tensor.shape[0] / gates.count] + tensor.shape.dropFirst()
    }

    /// The statistics of each gate's share of the tensor's elements.
    func statistics(_ elements: [Double]) -> [(gate: Gate, statistics: TensorStatistics?)] {
        let count = elements.count / gates.count
        return gates.enumerated().map { index, gate in
            (gate, TensorStatistics(Array(elements[index * count..<(index + 1) * count])))
        }
    }
}
