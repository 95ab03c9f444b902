import Foundation

// A vocabulary as metadata of a file, for instance a safetensors file with the model that uses it.
extension Vocabulary {
    private static let prefix = "vocabulary."

    /// The vocabulary as texts: `vocabulary.kind`, `vocabulary.unknown`, and `vocabulary.symbols`, a JSON array
    /// in the order of the indices, including the sign for unknown symbols.
    public var metadata: [String: String] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let json = (try? encoder.encode(symbols)) ?? Data()
        return [
            Self.prefix + "kind": kind.rawValue, Self.prefix + "unknown": unknown.rawValue,
            Self.prefix + "symbols": String(decoding: json, as: UTF8.self),
        ]
    }

    /// The vocabulary in metadata, or nil if there is none.
    ///
    /// - Throws: `VocabularyError` if a key is missing or its value is wrong.
    public init?(metadata: [String: String]) throws(VocabularyError) {
        guard metadata.keys.contains(where: { $0.hasPrefix(Self.prefix) }) else { return nil }
        func value<V: RawRepresentable & CaseIterable>(_ name: String) throws(VocabularyError) -> V
        where V.RawValue == String {
            let key = Self.prefix + name
            guard let value = metadata[key].flatMap(V.init) else {
                let expected = V.allCases.map { "'\($0.rawValue)'" }.joined(separator: " or ")
                throw .metadata(key: key, found: metadata[key], expected: expected)
            }
            return value
        }
        let (kind, unknown): (Kind, UnknownSymbols) = (try value("kind"), try value("unknown"))
        let key = Self.prefix + "symbols"
        let json = Data((metadata[key] ?? "").utf8)
        guard var symbols = try? JSONDecoder().decode([String].self, from: json) else {
            let found = metadata[key].map { String($0.prefix(40)) }
            throw .metadata(key: key, found: found, expected: "a JSON array of texts")
        }
        // The sign is allowed only in its own place, so that all indices are as they were written.
        let sign = kind.signOfUnknown
        if unknown == .replace {
            guard symbols.last == sign, symbols.firstIndex(of: sign) == symbols.count - 1 else {
                throw .metadata(
                    key: key, found: symbols.last, expected: "'\(sign)' once, as the last symbol")
            }
            symbols.removeLast()
        }
        try self.init(symbols, kind: kind, unknown: unknown)
    }
}

extension Vocabulary: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let metadata = try container.decode([String: String].self)
        guard let vocabulary = try Vocabulary(metadata: metadata) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "there is no vocabulary")
        }
        self = vocabulary
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(metadata)
    }
}
