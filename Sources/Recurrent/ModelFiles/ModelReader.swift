import RecurrentLinearAlgebra

/// Reads tensors and metadata of a safetensors file and checks each of them.
struct ModelReader {
    private let file: Safetensors
    private let metadata: [String: String]
    private let prefix: String

    /// - Parameter prefix: the beginning of every tensor's name.
    init(_ file: Safetensors, prefix: String = "") {
        self.file = file
        metadata = NetworkKey.renamed(file.metadata)
        self.prefix = prefix
    }

    /// The number of layers that have tensors, at least 1.
    var layerCount: Int {
        var count = 1
        while has(.inputWeights(layer: count)) { count += 1 }
        return count
    }

    /// True if the metadata name the functions of a network.
    var describesNetwork: Bool { metadata.keys.contains { $0.hasPrefix("network.") } }

    func has(_ name: ParameterName) -> Bool { file[tensorName(name)] != nil }

    /// The name of the first tensor of a part.
    func tensorName(_ name: ParameterName) -> String { prefix + name.tensorNames[0] }

    /// The two dimensions of a matrix in PyTorch's order, both at least 1.
    func dimensions(_ name: ParameterName) throws(ModelError) -> (Int, Int) {
        let tensor = try tensor(tensorName(name))
        guard tensor.shape.count == 2, tensor.shape.allSatisfy({ $0 > 0 }) else {
            throw .shape(tensor: tensor.name, found: tensor.shape, expected: "two dimensions of at least 1")
        }
        return (tensor.shape[0], tensor.shape[1])
    }

    /// A part of the parameters, from the one or two tensors that hold it.
    func part<S: Scalar>(
        _ part: ParameterLayout.Part, of layout: ParameterLayout
    ) throws(ModelError) -> Matrix<S> {
        let names = part.name.tensorNames.map { prefix + $0 }
        switch part.name.kind {
        case .embedding:
            return try load(names[0], shape: [part.rows, part.columns], part.rows, part.columns)
        case .inputWeights, .stateWeights, .outputWeights:
            let weights: Matrix<S> = try load(
                names[0], shape: [part.columns, part.rows], part.columns, part.rows)
            return part.columnsFromFile(weights.transposed)
        case .outputBias, .initialState, .initialCellState:
            return try load(names[0], shape: [part.columns], 1, part.columns)
        case .candidateBias:
            return try load(names[0], shape: [3 * part.columns], 1, 3 * part.columns).lastColumns(
                part.columns)
        case .stateBias:
            let first: Matrix<S> = try load(names[0], shape: [part.columns], 1, part.columns)
            let hasOwn = layout[part.name.candidateBias] != nil
            guard hasOwn || file[names[1]] != nil else { return part.columnsFromFile(first) }
            var second: Matrix<S> = try load(names[1], shape: [part.columns], 1, part.columns)
            if hasOwn { second.clearLastColumns(part.columns / 3) }
            return part.columnsFromFile(first + second)
        }
    }

    /// A value for each of `count` layers; a single one in the file holds for all of them. Without the key it is
    /// `assumed`, or an error.
    func values<Value: RawRepresentable & CaseIterable>(
        _ key: NetworkKey, _ count: Int, _ assumed: Value?
    ) throws(ModelError) -> [Value] where Value.RawValue == String {
        let expected = "one of " + Value.allCases.map(\.rawValue).joined(separator: ", ")
        return try list(key, count, assumed.map { Array(repeating: $0, count: count) }, expected) {
            Value(rawValue: $0)
        }
    }

    /// For each of `count` layers true if a part exists: if the metadata say so or, without the key, if its tensor
    /// exists.
    func flags(
        _ key: NetworkKey, _ count: Int, _ name: (Int) -> ParameterName
    ) throws(ModelError) -> [Bool] {
        try list(key, count, (0..<count).map { has(name($0)) }, "true or false") { Bool($0) }
    }

    /// A probability in 0..<1; 0 without the key.
    func probability(_ key: NetworkKey) throws(ModelError) -> Double {
        try list(key, 1, [0], "a number in 0..<1") { text in
            Double(text).flatMap { 0..<1 ~= $0 ? $0 : nil }
        }[0]
    }

    private func list<Value>(
        _ key: NetworkKey, _ count: Int, _ assumed: [Value]?, _ expected: String,
        _ parse: (String) -> Value?
    ) throws(ModelError) -> [Value] {
        guard let text = metadata[key.name] else {
            guard let assumed else { throw .metadata(key: key.name, found: nil, expected: expected) }
            return assumed
        }
        let values = text.split(separator: ",", omittingEmptySubsequences: false).compactMap {
            parse(String($0))
        }
        let commas = text.count { $0 == "," }
        guard values.count == commas + 1, values.count == 1 || values.count == count else {
            throw .metadata(key: key.name, found: text, expected: expected)
        }
        return values.count == count ? values : Array(repeating: values[0], count: count)
    }

    private func tensor(_ name: String) throws(ModelError) -> Safetensors.Tensor {
        guard let tensor = file[name] else { throw .missing(tensor: name) }
        return tensor
    }

    private func load<S: Scalar>(
        _ name: String, shape: [Int], _ rows: Int, _ columns: Int
    ) throws(ModelError) -> Matrix<S> {
        let tensor = try tensor(name)
        guard tensor.shape == shape else {
            throw .shape(tensor: name, found: tensor.shape, expected: "\(shape)")
        }
        guard let elements = tensor.elements(as: S.self) else {
            throw .type(tensor: name, type: tensor.type.rawValue)
        }
        if let index = elements.firstIndex(where: { !$0.isFinite }) {
            throw .notFinite(tensor: name, index: index)
        }
        return Matrix(rows: rows, columns: columns) { elements[$0 * columns + $1] }
    }
}
