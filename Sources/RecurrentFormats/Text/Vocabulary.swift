/// The symbols of a text, characters or words, and the index of each: a token.
///
/// **Characters** are Unicode scalars without normalisation: é is one or two, as it was typed. **Words** are runs
/// of letters and digits with the apostrophes inside them; every other visible character is a word by itself, and
/// blanks are left out. In both, every line end (LF, CRLF, CR) is the symbol "\n".
public struct Vocabulary: Sendable {
    /// The kind of symbols.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case characters
        case words
        /// Words in lower case, each scalar by Unicode's full mapping.
        case lowercaseWords = "lowercase words"
    }

    public let kind: Kind
    /// The treatment of symbols that are not in the vocabulary.
    public let unknown: UnknownSymbols
    /// The symbol of each index; the last is `kind.signOfUnknown` if unknown symbols are replaced.
    public let symbols: [String]
    /// V, the number of indices.
    public var count: Int { symbols.count }
    /// The index of unknown symbols if they are replaced, otherwise nil.
    public var unknownIndex: Int? { unknown == .replace ? count - 1 : nil }

    /// The index of each scalar, for characters.
    let scalars: ScalarTable
    /// The index of each word, for words.
    let words: WordTable

    /// A vocabulary of symbols in the order of their indices.
    ///
    /// - Parameters:
    ///   - symbols: without the sign for unknown ones, which is appended if they are replaced.
    ///   - kind: the kind of symbols; characters by default.
    ///   - unknown: the treatment of other symbols; by default they are refused.
    /// - Throws: `VocabularyError` if there are none, or for one that occurs twice or is not one scalar or word.
    public init(
        _ symbols: [String], kind: Kind = .characters, unknown: UnknownSymbols = .refuse
    ) throws(VocabularyError) {
        let sign = unknown == .replace ? kind.signOfUnknown : nil
        let known = symbols.filter { $0 != sign }
        guard !known.isEmpty else { throw .noSymbols }
        self.kind = kind
        self.unknown = unknown
        self.symbols = known + [sign].compactMap { $0 }
        var (scalars, words) = (ScalarTable(), WordTable())
        for (index, symbol) in self.symbols.enumerated() {
            let bytes = Array(symbol.utf8)
            guard symbol == sign || kind.isSymbol(bytes) else { throw .notASymbol(symbol, kind: kind) }
            let index = Int32(clamping: index)
            let isNew: Bool
            if kind == .characters {
                let scalar = symbol.unicodeScalars.first?.value ?? 0
                isNew = scalars[scalar] < 0
                scalars[scalar] = index
            } else {
                isNew = words.insert(bytes.span, 0..<bytes.count) == index
            }
            guard isNew else { throw .repeated(symbol: symbol) }
        }
        (self.scalars, self.words) = (scalars, words)
    }

    /// The tokens of a text. Cost: one pass.
    ///
    /// - Throws: `VocabularyError.unknown` for an unknown symbol if these are refused, `.tooLong` for a word of
    ///   more than 64 KB.
    public func tokens(of text: String) throws(VocabularyError) -> [Int] {
        let bytes = Array(text.utf8)
        var encoder = SymbolEncoder(self)
        var tokens = [Int32](repeating: 0, count: bytes.count)
        var (position, written) = (0, 0)
        let fault = encoder.encode(
            bytes.span, from: &position, to: bytes.count, isEnd: true, into: &tokens, &written)
        if let fault {
            var place = TextPlace()
            place.advance(over: bytes.span, 0..<position)
            throw fault.error(encoder.symbol(bytes.span, at: position, to: bytes.count), at: place)
        }
        return tokens[..<written].map { Int($0) }
    }

    /// The symbol of an index: "\u{FFFD}" or "<unk>" for unknown ones.
    ///
    /// - Precondition: the index is in 0..<`count`.
    public func symbol(_ index: Int) -> String {
        require(symbols.indices.contains(index), "there is no symbol \(index) among \(count)")
        return symbols[index]
    }

    /// The index of a symbol, or nil if it has none.
    public func index(of symbol: String) -> Int? {
        let bytes = Array(symbol.utf8)
        guard kind == .characters else {
            let number = words.number(of: bytes.span, 0..<bytes.count)
            return number < 0 ? nil : Int(number)
        }
        guard symbol.unicodeScalars.count == 1, let scalar = symbol.unicodeScalars.first else { return nil }
        return scalars[scalar.value] < 0 ? nil : Int(scalars[scalar.value])
    }
}

extension Vocabulary.Kind {
    /// The symbol that replaces unknown ones: "\u{FFFD}", or "<unk>", which is no word of any text.
    public var signOfUnknown: String { self == .characters ? "\u{FFFD}" : "<unk>" }

    /// True if a text could be cut so that these bytes are one symbol.
    fileprivate func isSymbol(_ bytes: [UInt8]) -> Bool {
        guard UTF8Check.check(bytes.span, 0..<bytes.count).fault == nil else { return false }
        var position = 0
        if self == .characters {
            let scalar = CharacterScanner.next(bytes.span, from: &position, to: bytes.count, isEnd: true)
            return scalar != nil && position == bytes.count && !bytes.contains(13)
        }
        let word = WordScanner.next(bytes.span, from: &position, to: bytes.count, isEnd: true)
        var lowercase: [UInt8] = []
        let isAsCut = word == 0..<bytes.count && !bytes.contains(13)
        guard isAsCut, self == .lowercaseWords else { return isAsCut }
        return !WordScanner.lowercase(bytes.span, 0..<bytes.count, into: &lowercase) || lowercase == bytes
    }
}

extension Vocabulary: CustomStringConvertible {
    public var description: String { "\(count) \(kind.rawValue)" }
}

extension Vocabulary: Equatable {
    public static func == (a: Vocabulary, b: Vocabulary) -> Bool {
        (a.kind, a.unknown) == (b.kind, b.unknown) && a.symbols == b.symbols
    }
}
