/// A problem with a vocabulary, or with a text for it.
public enum VocabularyError: Error, Equatable, Sendable, CustomStringConvertible {
    case noSymbols
    case repeated(symbol: String)
    case notASymbol(String, kind: Vocabulary.Kind)
    /// A symbol of a text that is not in the vocabulary; lines and columns (Unicode scalars) are counted from 1.
    case unknown(symbol: String, line: Int, column: Int)
    /// A word of a text that is longer than 64 KB.
    case tooLong(line: Int, column: Int)
    case metadata(key: String, found: String?, expected: String)

    public var description: String {
        switch self {
        case .noSymbols:
            "there is no symbol that occurs often enough; give a text that is not empty or a smaller least count"
        case .repeated(let symbol):
            "the symbol \(Self.name(symbol)) occurs twice; leave one out"
        case .notASymbol(let text, let kind):
            "\(Self.name(text)) is not one symbol of a vocabulary of \(kind.rawValue)"
        case .unknown(let symbol, let line, let column):
            "line \(line), \(SymbolFault.unknown.problem(symbol, column: column))"
        case .tooLong(let line, let column):
            "line \(line), \(SymbolFault.tooLong.problem("", column: column))"
        case .metadata(let key, let found, let expected):
            "metadata '\(key)' is \(found.map { "'\($0)'" } ?? "missing"), expected \(expected)"
        }
    }

    /// A symbol in readable form, at most forty characters of it.
    static func name(_ symbol: String) -> String {
        let scalars = symbol.unicodeScalars
        guard scalars.count == 1, let scalar = scalars.first else {
            return "'\(symbol.prefix(40))\(symbol.count > 40 ? "…" : "")'"
        }
        let code = "U+" + String(repeating: "0", count: max(0, 4 - hex(scalar).count)) + hex(scalar)
        let isVisible = scalar.value > 32 && scalar.value != 127 && !scalar.properties.isWhitespace
        return isVisible ? "'\(symbol)' (\(code))" : code
    }

    private static func hex(_ scalar: Unicode.Scalar) -> String {
        String(scalar.value, radix: 16, uppercase: true)
    }
}
