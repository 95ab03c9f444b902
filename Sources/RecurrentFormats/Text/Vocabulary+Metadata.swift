import Foundation

// A vocabulary as a model file's metadata.
extension Vocabulary {
    private static let prefix = "vocabulary."

    /// What a model file keeps of a vocabulary: `vocabulary.kind`, `vocabulary.unknown`, and `vocabulary.symbols`, a
    /// JSON array in the order of the indices, the sign for unknown symbols included.
    public var metadata: [String: String] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let json = (try? encoder.encode(symbols)) ?? Data()
        return [
            Self.prefix + "kind": kind.rawValue, Self.prefix + "unknown": unknown.rawValue,
            Self.prefix + "symbols": String(decoding: json, as: UTF8.self),
        ]
    }

    /// The vocabulary of a model file, or nil if the file has none.
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
        // Only in its own place may the sign stand: what is read has the indices that were written.
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
