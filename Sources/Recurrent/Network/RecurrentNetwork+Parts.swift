import RecurrentLinearAlgebra

extension RecurrentNetwork {
    /// Copies the parameters of another network, part by part: those that have the same name and shape in both, and the
    /// same cell where they belong to one.
    ///
    /// A network for new classes begins with everything but its read-out, one with a layer more with all layers that the
    /// other has.
    ///
    /// - Returns: the parts of this network that were not copied and are as they were.
    @discardableResult
    public mutating func copyParts(of other: RecurrentNetwork<S>) -> [ParameterName] {
        var left: [ParameterName] = []
        for part in parameters.layout.parts {
            let name = part.name
            if let source = other.parameters.layout[name], source.rows == part.rows,
                source.columns == part.columns, cell(of: name) == other.cell(of: name)
            {
                parameters[name] = other.parameters.matrix(name)
            } else {
                left.append(name)
            }
        }
        return left
    }

    /// nil for parts that belong to no layer.
    private func cell(of name: ParameterName) -> RecurrentCell? {
        switch name.kind {
        case .embedding, .outputWeights, .outputBias: nil
        default: configuration.layers[name.layer].cell
        }
    }
}
