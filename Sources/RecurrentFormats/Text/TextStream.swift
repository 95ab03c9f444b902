/// A text file in pieces: well-formed UTF-8 without NUL, a byte-order mark at its beginning left out.
///
/// What has been read and not yet consumed stands at `start..<end` of `bytes`, whole scalars only. The buffer grows
/// only if its reader asks for more without consuming; how far that may go, the reader decides.
struct TextStream: ~Copyable {
    /// What is read at once.
    static let chunk = 1 << 18

    private var source: ByteStream
    private(set) var bytes: [UInt8]
    private(set) var start = 0
    private(set) var end = 0
    /// Where `start` stands.
    private(set) var place = TextPlace()
    /// Behind the last byte that has been read.
    private var filled = 0
    /// What stands at `end`.
    private var fault: TextFault?
    private var isAtEnd = false

    var path: String { source.path }

    init(_ source: consuming ByteStream, chunk: Int = TextStream.chunk) {
        self.source = source
        bytes = [UInt8](repeating: 0, count: chunk)
    }

    /// Reads on. Positions in `bytes` move: what stood at `start` + i stands there still, at another `start`.
    ///
    /// - Returns: false at the end of the file.
    /// - Throws: `FileError` if reading fails, or for what is not text, once all before it has been consumed or
    ///   asked for: the same error at the same place for any size of the pieces.
    mutating func more() throws(FileError) -> Bool {
        let known = end - start
        while end - start == known {
            if let fault { throw error(fault) }
            if isAtEnd { return false }
            makeRoom()
            let count = try source.read(into: &bytes, from: filled)
            filled += count
            isAtEnd = count == 0
            (end, fault) = UTF8Check.check(bytes.span, end..<filled)
            if isAtEnd && end < filled && fault == nil { fault = .notUTF8 }
            if place.offset == 0 { skipMark() }
        }
        return true
    }

    /// Goes on to a position; the bytes before it stay where they are until more are read.
    mutating func consume(to position: Int) {
        place = place(of: position)
        start = position
    }

    /// Goes on to a position that is the beginning of the next line.
    mutating func consumeLine(to position: Int) {
        place.advance(overLineOf: position - start)
        start = position
    }

    /// The place of a position at or behind `start`.
    func place(of position: Int) -> TextPlace {
        var place = place
        place.advance(over: bytes.span, start..<position)
        return place
    }

    /// Takes the second of each pair of quotes out of a range before `start`, and returns its new end.
    mutating func mergeQuotes(in range: Range<Int>) -> Int {
        var (target, position) = (range.lowerBound, range.lowerBound)
        while position < range.upperBound {
            bytes[target] = bytes[position]
            position += bytes[position] == UInt8(ascii: "\"") ? 2 : 1
            target += 1
        }
        return target
    }

    private mutating func makeRoom() {
        if start > 0 {
            unsafe bytes.withUnsafeMutableBytes { all in
                unsafe all.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[start..<filled]))
            }
            (end, filled, start) = (end - start, filled - start, 0)
        }
        if filled == bytes.count { bytes += repeatElement(0, count: bytes.count) }
    }

    private mutating func skipMark() {
        guard end >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF else { return }
        start = 3
        place = TextPlace(offset: 3)
    }

    private func error(_ fault: TextFault) -> FileError {
        let place = place(of: end)
        let problem =
            switch fault {
            case .nul: "byte \(place.offset) is NUL, which no text holds; give a text file, saved as UTF-8"
            case .notUTF8: "byte \(place.offset) is not UTF-8 text; save the file as UTF-8"
            }
        return FileError(path: path, line: place.line, problem: problem)
    }
}
