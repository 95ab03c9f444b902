/// Turns valid UTF-8 into the tokens of a vocabulary, piece by piece.
struct SymbolEncoder: Sendable {
    let vocabulary: Vocabulary
    /// The last word in lower case.
    private var word: [UInt8] = []

    init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    /// Writes tokens after the first `written` ones until the array is full or more text is needed; `position` is
    /// then the beginning of the next symbol.
    ///
    /// - Returns: the fault of the symbol at `position`, or nil.
    mutating func encode(
        _ text: Span<UInt8>, from position: inout Int, to end: Int, isEnd: Bool,
        into tokens: inout [Int32], _ written: inout Int
    ) -> SymbolFault? {
        vocabulary.kind == .characters
            ? encodeCharacters(text, from: &position, to: end, isEnd: isEnd, into: &tokens, &written)
            : encodeWords(text, from: &position, to: end, isEnd: isEnd, into: &tokens, &written)
    }

    /// The same for the text that a stream holds.
    mutating func encode(
        _ stream: borrowing TextStream, from position: inout Int, isEnd: Bool, into tokens: inout [Int32],
        _ written: inout Int
    ) -> SymbolFault? {
        encode(
            stream.bytes.span, from: &position, to: stream.end, isEnd: isEnd, into: &tokens, &written)
    }

    private func encodeCharacters(
        _ text: Span<UInt8>, from position: inout Int, to end: Int, isEnd: Bool,
        into tokens: inout [Int32], _ written: inout Int
    ) -> SymbolFault? {
        let (table, count) = (vocabulary.scalars, tokens.count)
        var tokens = tokens.mutableSpan
        while written < count {
            while written < count, position < end, text[position] < 0x80 {
                let token = table.number(ofASCII: text[position])
                if token < 0 { break }
                tokens[written] = token
                written += 1
                position += 1
            }
            if written == count { break }
            let start = position
            guard let scalar = CharacterScanner.next(text, from: &position, to: end, isEnd: isEnd) else {
                break
            }
            var token = table[scalar]
            if token < 0 {
                switch vocabulary.unknown {
                case .replace: token = Int32(vocabulary.count - 1)
                case .skip: continue
                case .refuse:
                    position = start
                    return .unknown
                }
            }
            tokens[written] = token
            written += 1
        }
        return nil
    }

    private mutating func encodeWords(
        _ text: Span<UInt8>, from position: inout Int, to end: Int, isEnd: Bool,
        into tokens: inout [Int32], _ written: inout Int
    ) -> SymbolFault? {
        while written < tokens.count {
            guard let range = WordScanner.next(text, from: &position, to: end, isEnd: isEnd) else { break }
            if range.count > Tuning.wordBytes {
                position = range.lowerBound
                return .tooLong
            }
            var token = number(of: text, range)
            if token < 0 {
                switch vocabulary.unknown {
                case .replace: token = Int32(vocabulary.count - 1)
                case .skip: continue
                case .refuse:
                    position = range.lowerBound
                    return .unknown
                }
            }
            tokens[written] = token
            written += 1
        }
        return nil
    }

    private mutating func number(of text: Span<UInt8>, _ range: Range<Int>) -> Int32 {
        let kind = vocabulary.kind
        return WordScanner.withWord(text, range, kind, &word) { vocabulary.words.number(of: $0, $1) }
    }

    /// The symbol that begins at a position.
    func symbol(_ text: Span<UInt8>, at position: Int, to end: Int) -> String {
        var behind = position
        if vocabulary.kind == .characters {
            return String(CharacterScanner.scalar(text, from: &behind))
        }
        let range = WordScanner.next(text, from: &behind, to: end, isEnd: true) ?? position..<position
        return String(decoding: range.map { text[$0] }, as: UTF8.self)
    }
}
