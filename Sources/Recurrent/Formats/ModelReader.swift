import LinearAlgebra

/// Takes tensors and metadata out of a safetensors file and checks each on the way.
struct ModelReader {
    private let file: Safetensors

    init(_ file: Safetensors) { self.file = file }

    /// The two dimensions of a matrix, both at least 1.
    func dimensions(_ name: String) throws(ModelError) -> (Int, Int) {
        let shape = try tensor(name).shape
        guard shape.count == 2, shape.allSatisfy({ $0 > 0 }) else {
            throw .shape(tensor: name, found: shape, expected: "two dimensions of at least 1")
        }
        return (shape[0], shape[1])
    }

    /// A matrix of this shape.
    func matrix<S: Scalar>(_ name: String, rows: Int, columns: Int) throws(ModelError) -> Matrix<S> {
        try load(name, shape: [rows, columns], rows: rows, columns: columns)
    }

    /// A vector of this length, as one row.
    func vector<S: Scalar>(_ name: String, count: Int) throws(ModelError) -> Matrix<S> {
        try load(name, shape: [count], rows: 1, columns: count)
    }

    /// A function's name in the metadata, or what the caller assumes for a file without it.
    func function<Function: RawRepresentable & CaseIterable>(
        _ key: String, _ assumed: Function?
    ) throws(ModelError) -> Function where Function.RawValue == String {
        if let found = file.metadata[key].flatMap(Function.init(rawValue:)) { return found }
        guard file.metadata[key] == nil, let assumed else {
            let known = Function.allCases.map(\.rawValue).joined(separator: ", ")
            throw .metadata(key: key, found: file.metadata[key], expected: "one of \(known)")
        }
        return assumed
    }

    /// Whether a part exists: as the metadata says or, without any, if its tensor does.
    func flag(_ key: String, tensor: String) throws(ModelError) -> Bool {
        guard let text = file.metadata[key] else { return file[tensor] != nil }
        guard let flag = Bool(text) else {
            throw .metadata(key: key, found: text, expected: "true or false")
        }
        return flag
    }

    private func tensor(_ name: String) throws(ModelError) -> Safetensors.Tensor {
        guard let tensor = file[name] else { throw .missing(tensor: name) }
        return tensor
    }

    private func load<S: Scalar>(
        _ name: String, shape: [Int], rows: Int, columns: Int
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
