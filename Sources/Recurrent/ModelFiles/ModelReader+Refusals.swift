// What a file may have that no network here has.
extension ModelReader {
    /// Refuses LSTMs of other equations, which tensors of certain names betray.
    func refuseOtherCells() throws(ModelError) {
        for tensor in file.tensors where TensorNames.part(of: tensor.name) ?? "" == names.recurrent {
            let name = tensor.name.split(separator: ".").last?.lowercased() ?? ""
            if name.hasPrefix("weight_hr_") {
                throw .unsupported(
                    tensor: tensor.name,
                    reason:
                        "projects the states of an LSTM (proj_size), which is not supported; train without it"
                )
            }
            if Self.peepholes.contains(where: name.hasPrefix) || name.contains("peephole") {
                throw .unsupported(
                    tensor: tensor.name,
                    reason: "is a peephole from c to a gate, which is not supported; train without peepholes")
            }
        }
    }

    private static let peepholes = ["weight_ci", "weight_cf", "weight_co", "w_ci", "w_cf", "w_co"]

    /// Refuses a c_0 of a cell that has no c.
    func refuseCellStates(_ configuration: NetworkConfiguration) throws(ModelError) {
        for cell in configuration.cells where !cell.shape.hasCellState {
            let name = cell.name(.initialCellState)
            guard has(name) else { continue }
            throw .unsupported(
                tensor: tensorName(name),
                reason:
                    "is a c_0, which only an LSTM has; layer \(cell.layer + 1) is \(cell.equations.name.rawValue)"
            )
        }
    }

    /// The metadata that every checkpoint has, and no model.
    private static let trainerVersion = "trainer.version"

    /// Refuses tensors that are not part of the network; those of other parts may be ignored.
    func refuseOthers(_ layout: ParameterLayout, except parts: ModelParts) throws(ModelError) {
        let known = Set(layout.parts.flatMap { names[$0.name] })
        let (own, others) = (file.tensors.map(\.name).filter(known.contains), file.tensors.map(\.name))
        let leftOver = others.filter { name in
            !known.contains(name) && (!parts.ignoresOthers || names.contain(name))
        }
        guard leftOver.isEmpty else {
            throw file.metadata[Self.trainerVersion] == nil
                ? .leftOver(tensors: leftOver, known: own) : .checkpoint
        }
    }
}
