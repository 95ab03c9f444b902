// The recurrent layers of a file: from the metadata, or without them from the tensors that are there and
// their shapes.
extension ModelReader {
    func layers(assuming assumed: AssumedFunctions?) throws(ModelError) -> [RecurrentLayer] {
        let count = layerCount
        let cells = try cellNames(count, assuming: assumed)
        let elmanCount = cells.count { $0 == .elman }
        if elmanCount == 0, assumed?.activation != nil { throw .noActivation(cell: cells[0].rawValue) }
        let activations: [Activation] =
            elmanCount == 0
            ? [] : try metadata.values(.activation, elmanCount, assumed.map { $0.activation ?? .tanh })
        let directions: [Directions] = try metadata.values(
            .directions, count, has(.inputWeights(layer: 0, reverse: true)) ? .bidirectional : .forward)
        let recurrent = try metadata.flags(.recurrent, Array(repeating: true, count: count))
        let biases = try metadata.flags(.stateBias, (0..<count).map(hasBias))
        var (layers, elman): ([RecurrentLayer], _) = ([], activations[...])
        for number in 0..<count {
            let cell = cells[number].cell(cells[number] == .elman ? elman.removeFirst() : .tanh)
            let width = try stateWidth(number, of: cells[number], isRecurrent: recurrent[number])
            layers.append(
                RecurrentLayer(
                    cell, stateWidth: width, directions: directions[number], bias: biases[number],
                    recurrent: recurrent[number]))
        }
        return layers
    }

    /// The number of layers that have tensors, at least 1.
    private var layerCount: Int {
        var count = 1
        while has(.inputWeights(layer: count)) { count += 1 }
        return count
    }

    private func hasBias(_ layer: Int) -> Bool {
        names[.stateBias(layer: layer)].contains { file[$0] != nil }
    }

    /// The cell of each layer.
    private func cellNames(
        _ count: Int, assuming assumed: AssumedFunctions?
    ) throws(ModelError) -> [CellName] {
        let named: [CellName]? = metadata.has(.cell) ? try metadata.values(.cell, count, nil) : nil
        var cells: [CellName] = []
        for layer in 0..<count {
            let fitting = try cellsByShape(layer)
            let assumedGRU: CellName = assumed?.reset == .beforeProduct ? .gruResetBefore : .gru
            let name = named?[layer] ?? (fitting[0] == .gru ? assumedGRU : fitting[0])
            guard fitting.contains(name) else { throw try contradiction(layer, name, fitting) }
            cells.append(name)
        }
        return cells
    }

    /// The cells that have as many gates as the shape of a layer's weight_hh shows; all of them, Elman's
    /// first, without it.
    private func cellsByShape(_ layer: Int) throws(ModelError) -> [CellName] {
        let name = ParameterName.stateWeights(layer: layer)
        guard has(name) else { return CellName.allCases }
        let (rows, columns) = try dimensions(name)
        let fitting = CellName.allCases.filter { $0.gates * columns == rows }
        guard !fitting.isEmpty else {
            throw .shape(
                tensor: tensorName(name), found: [rows, columns],
                expected: "H, 3·H or 4·H rows for H columns (RNN, GRU, LSTM)")
        }
        return fitting
    }

    private func contradiction(
        _ layer: Int, _ name: CellName, _ fitting: [CellName]
    ) throws(ModelError) -> ModelError {
        let weights = ParameterName.stateWeights(layer: layer)
        let (rows, columns) = try dimensions(weights)
        let names = fitting.map(\.rawValue).joined(separator: " or ")
        return .metadata(
            key: NetworkKey.cell.name, found: name.rawValue,
            expected: "\(names), since tensor '\(tensorName(weights))' has the shape [\(rows), \(columns)]")
    }

    /// H of a layer: the columns of weight_hh or, without it, the rows of weight_ih for each gate.
    private func stateWidth(
        _ layer: Int, of cell: CellName, isRecurrent: Bool
    ) throws(ModelError) -> Int {
        let name = ParameterName.inputWeights(layer: layer)
        let (rows, columns) = try dimensions(name)
        guard isRecurrent else {
            if rows % cell.gates == 0 { return rows / cell.gates }
            throw .shape(
                tensor: tensorName(name), found: [rows, columns],
                expected: "a multiple of \(cell.gates) rows, for the gates of \(cell.rawValue)")
        }
        let weights = ParameterName.stateWeights(layer: layer)
        let (stateRows, H) = try dimensions(weights)
        guard rows == stateRows else {
            throw .shape(
                tensor: tensorName(name), found: [rows, columns],
                expected: "\(stateRows) rows, as '\(tensorName(weights))' has")
        }
        return H
    }
}
