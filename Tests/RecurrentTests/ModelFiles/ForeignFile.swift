import Recurrent
import RecurrentLinearAlgebra
import SampleProblems

/// A network and the file that another program would have saved: without metadata, and with other names of
/// its parts.
struct ForeignFile {
    let network: RecurrentNetwork<Double>
    var file: Safetensors

    /// - Parameter names: new names of parts by those that they have in files written here.
    init(_ problem: Problem, names: KeyValuePairs<String, String> = [:]) throws {
        network = try Drawn<Double>(problem).network
        file = Safetensors(tensors: network.safetensors().tensors)
        for (old, new) in names { rename(old, to: new) }
    }

    mutating func rename(_ old: String, to new: String) {
        file.tensors = file.tensors.map { tensor in
            guard tensor.name.hasPrefix(old) else { return tensor }
            let name = new + tensor.name.dropFirst(old.count)
            return Safetensors.Tensor(
                name: name, type: tensor.type, shape: tensor.shape, bytes: tensor.bytes)
        }
    }

    mutating func add(_ name: String, _ rows: Int, _ columns: Int) {
        file.tensors.append(.init(name: name, Matrix<Double>(rows: rows, columns: columns)))
    }

    /// In place of the tensor of this name.
    mutating func replace(_ name: String, _ rows: Int, _ columns: Int) {
        remove(name)
        add(name, rows, columns)
    }

    mutating func remove(_ name: String) { file.tensors.removeAll { $0.name == name } }

    /// The network in the file, with linear outputs.
    func read(
        _ parts: ModelParts = ModelParts(), reset: GRUReset = .afterProduct
    ) throws(ModelError) -> RecurrentNetwork<Double> {
        try RecurrentNetwork(file, assuming: AssumedFunctions(output: .linear, reset: reset), parts: parts)
    }
}
