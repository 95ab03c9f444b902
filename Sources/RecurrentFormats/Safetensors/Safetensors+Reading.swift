import Foundation

extension Safetensors {
    /// Reads a file, or standard input for "-".
    ///
    /// - Throws: `FileError` naming the file and, where there is one, the tensor.
    public init(contentsOf path: String) throws(FileError) {
        let data = try FileError.read(path)
        do throws(SafetensorsError) {
            try self.init(data)
        } catch {
            throw FileError(path: path, problem: error.description)
        }
    }

    /// Reads a file's bytes. Nothing is allocated from a number in the file before that number has
    /// been held against the file's size.
    ///
    /// - Throws: `SafetensorsError`.
    public init(_ data: Data) throws(SafetensorsError) {
        let bytes = Data(data)
        guard bytes.count >= 8 else { throw .headerTooSmall }
        let length = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= 100_000_000 else { throw .headerTooLarge(bytes: length) }
        guard length <= UInt64(bytes.count - 8) else {
            throw .headerLength(bytes: length, file: bytes.count)
        }
        let header = try Header(bytes.dropFirst(8).prefix(Int(length)))
        let buffer = bytes.dropFirst(8 + Int(length))

        var tensors: [Tensor] = []
        var end = 0
        // An empty tensor begins where its neighbour does, and goes first.
        let inOrder = header.tensors.sorted {
            ($0.value.begin, $0.value.end) < ($1.value.begin, $1.value.end)
        }
        for (name, entry) in inOrder {
            let count = try entry.byteCount(name: name)
            guard entry.begin == end else { throw .offsets(tensor: name) }
            guard entry.end - entry.begin == count else {
                throw .size(tensor: name, bytes: entry.end - entry.begin, expected: count)
            }
            guard entry.end <= buffer.count else {
                throw .notCovered(bytes: entry.end, buffer: buffer.count)
            }
            let range = buffer.startIndex + entry.begin..<buffer.startIndex + entry.end
            tensors.append(
                Tensor(name: name, type: entry.type, shape: entry.shape, bytes: Data(buffer[range])))
            end = entry.end
        }
        guard end == buffer.count else { throw .notCovered(bytes: end, buffer: buffer.count) }
        self.init(tensors: tensors, metadata: header.metadata)
    }
}

/// The JSON header, with types known and offsets still to be held against the buffer.
private struct Header {
    struct Entry {
        let type: Safetensors.ElementType
        let shape: [Int]
        let begin: Int
        let end: Int

        /// The bytes that shape and type take.
        func byteCount(name: String) throws(SafetensorsError) -> Int {
            var bits = type.bits
            for dimension in shape {
                guard dimension >= 0 else { throw .shape(tensor: name) }
                let (product, overflow) = bits.multipliedReportingOverflow(by: dimension)
                if overflow { throw .overflow(tensor: name) }
                bits = product
            }
            guard bits % 8 == 0 else { throw .size(tensor: name, bytes: end - begin, expected: bits / 8) }
            return bits / 8
        }
    }

    var metadata: [String: String] = [:]
    var tensors: [String: Entry] = [:]

    init(_ json: Data) throws(SafetensorsError) {
        guard String(validating: json, as: UTF8.self) != nil else { throw .notUTF8 }
        // JSON has no NUL, and decoders may take one for a sign of UTF-16.
        if json.contains(0) { throw .notJSON("it contains a NUL byte") }
        let decoded: [String: RawEntry]
        do {
            decoded = try JSONDecoder().decode([String: RawEntry].self, from: json)
        } catch {
            throw .notJSON(describe(error, in: json))
        }
        for (name, raw) in decoded {
            switch raw {
            case .metadata(let metadata):
                self.metadata = metadata
            case .tensor(let type, let shape, let offsets):
                guard let known = Safetensors.ElementType(rawValue: type) else {
                    throw .unknownType(tensor: name, type: type)
                }
                guard offsets.count == 2, offsets[0] >= 0, offsets[1] >= offsets[0] else {
                    throw .offsets(tensor: name)
                }
                tensors[name] = Entry(type: known, shape: shape, begin: offsets[0], end: offsets[1])
            }
        }
    }
}

/// A value of the header, told apart by its key.
private enum RawEntry: Decodable {
    case metadata([String: String])
    case tensor(type: String, shape: [Int], offsets: [Int])

    enum Key: String, CodingKey {
        case dtype, shape
        case offsets = "data_offsets"
    }

    init(from decoder: any Decoder) throws {
        if decoder.codingPath.last?.stringValue == "__metadata__" {
            self = .metadata(try decoder.singleValueContainer().decode([String: String].self))
            return
        }
        let entry = try decoder.container(keyedBy: Key.self)
        self = .tensor(
            type: try entry.decode(String.self, forKey: .dtype),
            shape: try entry.decode([Int].self, forKey: .shape),
            offsets: try entry.decode([Int].self, forKey: .offsets))
    }
}
