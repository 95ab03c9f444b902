import RecurrentFormats
import RecurrentLinearAlgebra

/// Reads the tensors of a file as parts of a network's parameters, and checks each of them.
struct ModelReader {
    let file: Safetensors
    let metadata: ModelMetadata
    let names: TensorNames

    init(_ file: Safetensors, names: TensorNames) {
        self.file = file
        self.names = names
        metadata = ModelMetadata(file)
    }

    /// - Parameter prefix: the beginning of every tensor's name.
    init(_ file: Safetensors, prefix: String) { self.init(file, names: TensorNames(prefix: prefix)) }

    func has(_ name: ParameterName) -> Bool { file[tensorName(name)] != nil }

    /// The name of the first tensor of a part.
    func tensorName(_ name: ParameterName) -> String { names[name][0] }

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
        let name = names[part.name][0]
        switch part.name.kind {
        case .embedding:
            return try load(name, rows: part.rows, columns: part.columns)
        case .inputWeights, .stateWeights, .outputWeights:
            return part.columnsFromFile(try load(name, rows: part.columns, columns: part.rows).transposed)
        case .outputBias, .initialState, .initialCellState:
            return try load(name, columns: part.columns)
        case .stateBias:
            let hasCandidateBias = layout[part.name.candidateBias] != nil
            return part.columnsFromFile(try stateBias(part, hasCandidateBias: hasCandidateBias))
        case .candidateBias:
            let both: Matrix<S> = try load(name, columns: 3 * part.columns)
            return Matrix(rows: 1, columns: part.columns) { both[0, 2 * part.columns + $1] }
        }
    }

    /// The sum of PyTorch's two biases, the second of which may be missing; without b_n, its last third,
    /// where that is a part of its own.
    private func stateBias<S: Scalar>(
        _ part: ParameterLayout.Part, hasCandidateBias: Bool
    ) throws(ModelError) -> Matrix<S> {
        let names = names[part.name]
        let first: Matrix<S> = try load(names[0], columns: part.columns)
        guard hasCandidateBias || file[names[1]] != nil else { return first }
        let second: Matrix<S> = try load(names[1], columns: part.columns)
        let added = hasCandidateBias ? part.columns / 3 * 2 : part.columns
        return Matrix(rows: 1, columns: part.columns) {
            $1 < added ? first[0, $1] + second[0, $1] : first[0, $1]
        }
    }

    private func tensor(_ name: String) throws(ModelError) -> Safetensors.Tensor {
        guard let tensor = file[name] else {
            throw .missing(tensor: name, present: file.tensors.map(\.name))
        }
        return tensor
    }

    /// A matrix or, without `rows`, a vector as a row.
    private func load<S: Scalar>(
        _ name: String, rows: Int? = nil, columns: Int
    ) throws(ModelError) -> Matrix<S> {
        let tensor = try tensor(name)
        let shape = rows.map { [$0, columns] } ?? [columns]
        guard tensor.shape == shape else {
            throw .shape(tensor: name, found: tensor.shape, expected: "\(shape)")
        }
        guard let elements = tensor.elements(as: S.self) else {
            throw .type(tensor: name, type: tensor.type.rawValue)
        }
        if let index = elements.firstIndex(where: { !$0.isFinite }) {
            throw .notFinite(tensor: name, index: index)
        }
        return Matrix(rows: rows ?? 1, columns: columns) { elements[$0 * columns + $1] }
    }
}

extension ParameterName {
    /// The b_n beside a b_s.
    var candidateBias: ParameterName { .candidateBias(layer: layer, reverse: isReverse) }
}
