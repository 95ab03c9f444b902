/// How the symbols of a text are put in order.
public enum SymbolOrder: String, Sendable, CaseIterable {
    /// The most frequent first; of those that are equally frequent, the one that came first.
    case frequency
    case appearance
}

extension Vocabulary {
    /// The vocabulary of a file of any size, or of standard input for "-". The file is read once, in pieces; memory
    /// holds its distinct symbols.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - kind: what a symbol is; characters by default.
    ///   - minimumCount: symbols that are rarer are left out, by default none.
    ///   - limit: how many symbols are kept at most, the most frequent ones; by default all.
    ///   - order: of the indices, by default the most frequent symbol first.
    ///   - unknown: what becomes of symbols that are not in the vocabulary.
    /// - Throws: `FileError` if the file cannot be read, is not UTF-8, or has no symbols; naming the line where it
    ///   can.
    public init(
        countingSymbolsOf path: String, kind: Kind = .characters, minimumCount: Int = 1, limit: Int? = nil,
        order: SymbolOrder = .frequency, unknown: UnknownSymbols = .refuse
    ) throws(FileError) {
        try self.init(
            TextStream(ByteStream(path)), kind, minimumCount: minimumCount, limit: limit, order, unknown)
    }

    init(
        _ stream: consuming TextStream, _ kind: Kind, minimumCount: Int, limit: Int?, _ order: SymbolOrder,
        _ unknown: UnknownSymbols
    ) throws(FileError) {
        let path = stream.path
        let counter = try SymbolCounter(kind, in: stream)
        do throws(VocabularyError) {
            try self.init(counter.symbols(minimumCount, limit, order), kind: kind, unknown: unknown)
        } catch {
            throw FileError(path: path, problem: error.description)
        }
    }

    /// The vocabulary of texts in memory; see `init(countingSymbolsOf:)`.
    ///
    /// - Throws: `VocabularyError.noSymbols`, or `.tooLong` for a word of more than 64 KB.
    public init(
        of texts: some Sequence<String>, kind: Kind = .characters, minimumCount: Int = 1, limit: Int? = nil,
        order: SymbolOrder = .frequency, unknown: UnknownSymbols = .refuse
    ) throws(VocabularyError) {
        var counter = SymbolCounter(kind)
        for text in texts {
            let bytes = Array(text.utf8)
            var position = 0
            let fault = counter.count(bytes.span, from: &position, to: bytes.count, isEnd: true)
            if let fault {
                var place = TextPlace()
                place.advance(over: bytes.span, 0..<position)
                throw fault.error("", at: place)
            }
        }
        try self.init(counter.symbols(minimumCount, limit, order), kind: kind, unknown: unknown)
    }
}

/// Counts symbols.
private struct SymbolCounter {
    /// More distinct words are no vocabulary, and would fill the memory.
    private static let limit = 1 << 24

    private let kind: Vocabulary.Kind
    private var counts: [Int] = []
    private var scalars = ScalarTable()
    private var scalarsInOrder: [UInt32] = []
    private var words = WordTable()
    private var word: [UInt8] = []

    init(_ kind: Vocabulary.Kind) { self.kind = kind }

    init(_ kind: Vocabulary.Kind, in stream: consuming TextStream) throws(FileError) {
        self.init(kind)
        var isEnd = false
        while !isEnd {
            isEnd = try !stream.more()
            var position = stream.start
            let fault = count(stream.bytes.span, from: &position, to: stream.end, isEnd: isEnd)
            stream.consume(to: position)
            if let fault { throw fault.error("", at: stream.place, of: stream.path) }
            if counts.count > Self.limit {
                throw FileError(
                    path: stream.path, line: stream.place.line,
                    problem: "more than \(Self.limit) different words; take characters as symbols")
            }
        }
    }

    /// Counts as far as the text goes, and leaves `position` where more is needed, or where there is what is no symbol.
    mutating func count(
        _ text: Span<UInt8>, from position: inout Int, to end: Int, isEnd: Bool
    ) -> SymbolFault? {
        if kind == .characters {
            while true {
                countASCII(text, from: &position, to: end)
                guard let scalar = CharacterScanner.next(text, from: &position, to: end, isEnd: isEnd) else {
                    break
                }
                // No text holds NUL; a string may.
                if scalar != 0 { count(scalar) }
            }
        } else {
            while let range = WordScanner.next(text, from: &position, to: end, isEnd: isEnd) {
                if range.count > WordScanner.limit {
                    position = range.lowerBound
                    return .tooLong
                }
                let number = WordScanner.withWord(text, range, kind, &word) { words.insert($0, $1) }
                if number == counts.count { counts.append(0) }
                counts[Int(number)] += 1
            }
        }
        return nil
    }

    /// Counts the ASCII characters that have been met before, as long as they come.
    private mutating func countASCII(_ text: Span<UInt8>, from position: inout Int, to end: Int) {
        let scalars = scalars
        var counts = counts.mutableSpan
        while position < end, text[position] < 0x80 {
            let number = scalars.number(ofASCII: text[position])
            if number < 0 { break }
            counts[Int(number)] += 1
            position += 1
        }
    }

    @inline(__always)
    private mutating func count(_ scalar: UInt32) {
        var number = scalars[scalar]
        if number < 0 {
            number = Int32(counts.count)
            scalars[scalar] = number
            scalarsInOrder.append(scalar)
            counts.append(0)
        }
        counts[Int(number)] += 1
    }

    func symbols(_ minimumCount: Int, _ limit: Int?, _ order: SymbolOrder) -> [String] {
        let frequent = counts.indices.filter { counts[$0] >= minimumCount }
            .sorted { (counts[$1], $0) < (counts[$0], $1) }
        let kept = frequent.prefix(max(0, limit ?? frequent.count))
        return (order == .frequency ? Array(kept) : kept.sorted()).map { number in
            kind == .characters
                ? Unicode.Scalar(scalarsInOrder[number]).map { String($0) } ?? "" : words.word(number)
        }
    }
}
