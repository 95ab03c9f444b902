import Foundation

/// The JSON header. Its types are checked, its offsets not yet.
struct SafetensorsHeader {
    struct Entry {
        let type: Safetensors.ElementType
        let shape: [Int]
        let begin: Int
        let end: Int

        /// The number of bytes of the shape and type.
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
        // JSON has no NUL, and decoders may take one for UTF-16.
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

/// A value of the header; its key tells metadata from tensors.
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
