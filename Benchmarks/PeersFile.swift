import RecurrentLinearAlgebra
import Recurrent

extension Workload {
    /// Reads a network and a batch from a file that the driver of `Contender` has written.
    init(peersFile path: String) throws {
        let file = try Safetensors(contentsOf: path)
        guard let x = file["x"], let d = file["d"], x.shape.count == 3, d.shape.count == 3,
            let inputs = x.elements(as: S.self), let targets = d.elements(as: S.self)
        else { throw PeersFileError("the file has no x and d of three dimensions") }
        let network = try RecurrentNetwork<S>(
            Safetensors(tensors: file.tensors.filter { !["x", "d"].contains($0.name) }),
            assuming: AssumedFunctions(output: .linear))
        let cell = file.metadata["cell"].flatMap(CellKind.init)
        guard network.configuration.layers.allSatisfy({ $0.cell == cell?.equations }) else {
            throw PeersFileError(
                "the file says that its cell is \(file.metadata["cell"] ?? "nothing"), but its weights are another's"
            )
        }
        let rows = x.shape[0] * x.shape[1]
        try self.init(
            network, Matrix(rows: rows, columns: x.shape[2]) { inputs[$0 * x.shape[2] + $1] },
            Matrix(rows: rows, columns: d.shape[2]) { targets[$0 * d.shape[2] + $1] },
            steps: x.shape[0], sequences: x.shape[1], lengths: peersLengths(file))
    }
}

private func peersLengths(_ file: Safetensors) throws -> [Int]? {
    try file.metadata["lengths"]?.split(separator: " ").map { word in
        guard let length = Int(word) else { throw PeersFileError("\(word) is no length of a sequence") }
        return length
    }
}

private struct PeersFileError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
