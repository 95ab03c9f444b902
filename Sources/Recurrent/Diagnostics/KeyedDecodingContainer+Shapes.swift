import RecurrentFormats
import RecurrentLinearAlgebra

// Numbers of known shapes in a recorded case.
extension KeyedDecodingContainer {
    func mismatch(_ key: Key, _ problem: String) -> DecodingError {
        .dataCorruptedError(forKey: key, in: self, debugDescription: problem)
    }

    /// A width or count. The bound keeps products of three from overflowing.
    func width(_ key: Key) throws -> Int {
        let value = try decode(Int.self, forKey: key)
        guard 1...1_000_000 ~= value else { throw mismatch(key, "not in 1...1,000,000") }
        return value
    }

    /// [T][B] class indices, as T·B indices
    func classes(_ key: Key, _ steps: Int, _ sequences: Int) throws -> [Int32] {
        let values = try decode([[Int]].self, forKey: key)
        guard values.count == steps, values.allSatisfy({ $0.count == sequences }) else {
            throw mismatch(key, "not [\(steps)][\(sequences)] class indices")
        }
        return values.joined().map { Int32(clamping: $0) }
    }

    /// [rows][columns]
    func matrix(_ key: Key, _ rows: Int, _ columns: Int) throws -> Matrix<Double> {
        let values = try decode([[Double]].self, forKey: key)
        guard values.count == rows, values.allSatisfy({ $0.count == columns }) else {
            throw mismatch(key, "the shape is not [\(rows)][\(columns)]")
        }
        return Matrix(values)
    }

    /// [count], as one row
    func vector(_ key: Key, _ count: Int) throws -> Matrix<Double> {
        let values = try decode([Double].self, forKey: key)
        guard values.count == count else { throw mismatch(key, "the shape is not [\(count)]") }
        return Matrix([values])
    }

    /// [T][B][width], as T·B rows
    func timeMajor(
        _ key: Key, _ steps: Int, _ sequences: Int, _ width: Int
    ) throws -> Matrix<Double> {
        let values = try decode([[[Double]]].self, forKey: key)
        guard values.count == steps, values.allSatisfy({ $0.count == sequences }),
            values.joined().allSatisfy({ $0.count == width })
        else { throw mismatch(key, "the shape is not [\(steps)][\(sequences)][\(width)]") }
        return Matrix(Array(values.joined()))
    }
    /// [cells][B][H], as B rows with the cells side by side
    func cellMajor(
        _ key: Key, _ cells: Int, _ sequences: Int, _ width: Int
    ) throws -> Matrix<Double> {
        let values = try timeMajor(key, cells, sequences, width)
        return Matrix(rows: sequences, columns: cells * width) {
            values[$1 / width * sequences + $0, $1 % width]
        }
    }

    /// One or two dimensions of any widths
    func tensor(_ key: Key) throws -> Safetensors.Tensor {
        var list = try nestedUnkeyedContainer(forKey: key)
        let isVector = (try? list.decode(Double.self)) != nil
        let rows =
            isVector ? [try decode([Double].self, forKey: key)] : try decode([[Double]].self, forKey: key)
        guard rows.allSatisfy({ $0.count == rows[0].count }) else {
            throw mismatch(key, "the rows differ in length")
        }
        return Safetensors.Tensor(name: key.stringValue, Matrix(rows), asVector: isVector)
    }
}

/// The name of a tensor in an object of tensors.
struct TensorKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
}
