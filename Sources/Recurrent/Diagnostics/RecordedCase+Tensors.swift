import RecurrentFormats
import RecurrentLinearAlgebra

// Format 2: any cell, depth and direction, with PyTorch's names, shapes and order of gates.
extension RecordedCase.Contents {
    init(tensors file: RecordedCase.File, _ sizes: RecordedCase.Sizes, _ output: OutputFunction) throws {
        let cell = try Self.cell(in: file)
        let weights = try file.nestedContainer(keyedBy: TensorKey.self, forKey: .weights)
        let tensors = try weights.allKeys.map { try weights.tensor($0) }
            .sorted { $0.name < $1.name }
        network = try Self.network(tensors, cell, output, in: file)
        try file.requireAgreement(with: network.configuration, of: cell, sizes)

        let (cells, B, H) = (network.configuration.cells.count, sizes.B, sizes.H)
        let h0 = try file.cellMajor(.h0, cells, B, H)
        let c0 = cell == .lstm ? try file.cellMajor(.c0, cells, B, H) : nil
        if c0 == nil { try file.requireNone(.c0, "\(cell.name.rawValue) has no c") }
        initialState = network.configuration.states(s: h0, c: c0)

        let gradients = try file.nestedContainer(keyedBy: TensorKey.self, forKey: .gradients)
        let states = c0 == nil ? ["h0"] : ["h0", "c0"]
        try gradients.requireNames(tensors.map(\.name) + states + ["X"])
        expected =
            try RecordedCase.results(in: file, sizes)
            + Self.gradients(of: network, tensors, in: gradients)
            + states.map { ($0, try gradients.cellMajor(TensorKey($0), cells, B, H)) }
            + [("X", gradients.timeMajor(TensorKey("X"), sizes.T, B, sizes.I))]
    }

    private static func cell(in file: RecordedCase.File) throws -> RecurrentCell {
        let name = try file.decode(String.self, forKey: .cell)
        switch name {
        case "elman": return .elman(try RecordedCase.activation(in: file))
        case "lstm", "gru":
            try file.requireNone(.activation, "\(name) has no activation to choose")
            return name == "lstm" ? .lstm : .gru()
        default: throw file.mismatch(.cell, "'\(name)' is none of elman, lstm, gru")
        }
    }

    /// The weights as a model file's, which are checked in the same way.
    private static func network(
        _ tensors: [Safetensors.Tensor], _ cell: RecurrentCell, _ output: OutputFunction,
        in file: RecordedCase.File
    ) throws -> RecurrentNetwork<Double> {
        if let other = tensors.map(\.name).first(where: { !$0.hasPrefix("rnn.") && !$0.hasPrefix("readout.") }
        ) {
            throw file.mismatch(.weights, "'\(other)' begins with neither 'rnn.' nor 'readout.'")
        }
        try file.requirePairs(tensors.map(\.name))
        do throws(ModelError) {
            return try RecurrentNetwork(
                Safetensors(tensors: tensors),
                assuming: AssumedFunctions(activation: cell.activation, output: output))
        } catch .noActivation(let found) {
            throw file.mismatch(.cell, "elman, but the weights say \(found)")
        } catch {
            throw file.mismatch(.weights, error.description)
        }
    }

    /// The gradients of a network's tensors, in the order in which it writes them.
    private static func gradients(
        of network: RecurrentNetwork<Double>, _ tensors: [Safetensors.Tensor],
        in gradients: KeyedDecodingContainer<TensorKey>
    ) throws -> [RecordedCase.Quantity] {
        let shapes = Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0.shape) })
        return try network.parameters.tensors().map(\.name).filter { shapes[$0] != nil }.map { name in
            let gradient = try gradients.tensor(TensorKey(name))
            guard gradient.shape == shapes[name] else {
                throw gradients.mismatch(
                    TensorKey(name), "the shape is \(gradient.shape), that of the weights \(shapes[name]!)")
            }
            return (name, gradient.row)
        }
    }
}

// Agreement of the keys with each other.
extension RecordedCase.File {
    /// - Parameter reason: why the key has no meaning.
    fileprivate func requireNone(_ key: Key, _ reason: String) throws {
        guard try !contains(key) || decodeNil(forKey: key) else {
            throw mismatch(key, "\(reason); write null or leave the key out")
        }
    }

    /// Each cell has W_x and W_s; without one of them it would be taken for another cell.
    fileprivate func requirePairs(_ names: [String]) throws {
        for (kind, other) in [("rnn.weight_ih_", "rnn.weight_hh_"), ("rnn.weight_hh_", "rnn.weight_ih_")] {
            for name in names where name.hasPrefix(kind) {
                let partner = other + name.dropFirst(kind.count)
                guard names.contains(partner) else {
                    throw mismatch(.weights, ModelError.missing(tensor: partner, present: names).description)
                }
            }
        }
    }

    /// The network of the weights is the one that the other keys tell of.
    fileprivate func requireAgreement(
        with found: NetworkConfiguration, of cell: RecurrentCell, _ sizes: RecordedCase.Sizes
    ) throws {
        func require<Value: Equatable>(_ key: Key, _ value: Value, _ found: Value) throws {
            guard value == found else { throw mismatch(key, "\(value), but the weights say \(found)") }
        }
        try require(.layers, try width(.layers), found.layers.count)
        for layer in found.layers {
            try require(.cell, cell.name.rawValue, layer.cell.name.rawValue)
            try require(.H, sizes.H, layer.stateWidth)
        }
        try require(
            .bidirectional, try decode(Bool.self, forKey: .bidirectional), found.isBidirectional)
        try require(.I, sizes.I, found.inputWidth)
        try require(.O, sizes.O, found.outputWidth)
    }
}

extension KeyedDecodingContainer<TensorKey> {
    fileprivate func requireNames(_ names: [String]) throws {
        for name in allKeys.map(\.stringValue).sorted() where !names.contains(name) {
            throw mismatch(TensorKey(name), "there is no such parameter, initial state or input")
        }
    }
}
