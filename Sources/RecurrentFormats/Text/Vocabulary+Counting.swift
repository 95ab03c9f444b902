extension Vocabulary {
    /// The vocabulary of a file of any size, or of standard input for "-". The file is read once, in pieces; memory
    /// holds its distinct symbols.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - kind: the kind of symbols; characters by default.
    ///   - minimumCount: rarer symbols are left out; 1 by default.
    ///   - limit: the greatest number of symbols; the most frequent ones are kept. By default all are.
    ///   - order: the order of the indices; by default the most frequent symbol comes first.
    ///   - unknown: the treatment of other symbols; by default they are refused.
    /// - Throws: `FileError` if the file cannot be read, is not UTF-8, or has no symbols; with the line if
    ///   possible.
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
