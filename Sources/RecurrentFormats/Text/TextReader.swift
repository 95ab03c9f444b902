/// Reads a text file, or standard input for "-", as the tokens of a vocabulary, window by window.
///
/// The file may be larger than memory: beside the window, one piece of it is held at a time (256 KB), and for a
/// vocabulary of words one word. A byte-order mark is skipped; every line end (LF, CRLF, CR) is the symbol "\n".
/// Cost: one pass; nothing is allocated in a steady loop.
public struct TextReader: ~Copyable, Sendable {
    public var vocabulary: Vocabulary { encoder.vocabulary }
    private var stream: TextStream
    private var encoder: SymbolEncoder
    private var isAtEnd = false

    /// - Throws: `FileError` if there is no such file, it is a folder, or it may not be read.
    public init(_ path: String, vocabulary: Vocabulary) throws(FileError) {
        self.init(TextStream(try ByteStream(path)), vocabulary)
    }

    init(_ stream: consuming TextStream, _ vocabulary: Vocabulary) {
        self.stream = stream
        encoder = SymbolEncoder(vocabulary)
    }

    /// Replaces the contents of a window by the next `count` tokens, or by fewer at the end of the text.
    ///
    /// - Returns: false if there are no more tokens; the window is then empty.
    /// - Throws: `FileError` naming the line, for bytes that are not UTF-8, NUL, an unknown symbol if these are
    ///   refused, or a word of more than 64 KB; or if the file is truncated while it is read. After an error the
    ///   window's contents are undefined.
    /// - Precondition: `count` is at least 1.
    public mutating func next(_ count: Int, into window: inout [Int32]) throws(FileError) -> Bool {
        require(count >= 1, "a window of \(count) tokens holds nothing")
        if window.count != count { window = [Int32](repeating: 0, count: count) }
        var written = 0
        while true {
            var position = stream.start
            let fault = encoder.encode(stream, from: &position, isEnd: isAtEnd, into: &window, &written)
            stream.consume(to: position)
            if let fault { throw error(fault) }
            if written == count || isAtEnd { break }
            isAtEnd = try !stream.more()
        }
        window.removeLast(count - written)
        return written > 0
    }

    /// All tokens of a text file. Memory: eight bytes a token.
    ///
    /// - Throws: as `next(_:into:)`.
    public static func tokens(of path: String, vocabulary: Vocabulary) throws(FileError) -> [Int] {
        var reader = try TextReader(path, vocabulary: vocabulary)
        var tokens: [Int] = []
        var window: [Int32] = []
        while try reader.next(Tuning.windowTokens, into: &window) {
            for token in window { tokens.append(Int(token)) }
        }
        return tokens
    }

    /// The whole text of a file, or of standard input for "-", without a byte-order mark, line ends unchanged.
    /// Memory: twice the text.
    ///
    /// - Throws: `FileError` if the file cannot be read, or naming the line of bytes that are not UTF-8 or are NUL.
    public static func text(of path: String) throws(FileError) -> String {
        var stream = TextStream(try ByteStream(path))
        var bytes: [UInt8] = []
        while try stream.more() {
            bytes += stream.bytes[stream.start..<stream.end]
            stream.consume(to: stream.end)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func error(_ fault: SymbolFault) -> FileError {
        let symbol = encoder.symbol(stream.bytes.span, at: stream.start, to: stream.end)
        return fault.error(symbol, at: stream.place, of: stream.path)
    }
}
