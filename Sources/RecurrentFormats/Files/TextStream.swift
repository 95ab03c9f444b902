/// A text file in pieces: well-formed UTF-8 without NUL; a byte-order mark at its beginning is skipped.
///
/// The text that has been read but not yet consumed is `start..<end` of `bytes`, whole scalars only. The buffer
/// grows only if its user asks for more without consuming; the user sets the limit.
struct TextStream: ~Copyable {
    private var source: ByteStream
    private(set) var bytes: [UInt8]
    private(set) var start = 0
    private(set) var end = 0
    /// The place of `start` in the file.
    private(set) var place = TextPlace()
    /// The end of the bytes that have been read.
    private var filled = 0
    /// The fault of the bytes at `end`, if they are at fault.
    private var fault: TextFault?
    private var isAtEnd = false

    var path: String { source.path }

    init(_ source: consuming ByteStream, chunk: Int = Tuning.readSize) {
        self.source = source
        bytes = [UInt8](repeating: 0, count: chunk)
    }

    /// Reads the next piece. `start` may move in `bytes`; the text from there on stays the same and becomes longer.
    ///
    /// - Returns: false at the end of the file.
    /// - Throws: `FileError` if reading fails, or for bytes that are not text, once all text before them has been
    ///   returned. The error and its place do not depend on the size of the pieces.
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

    /// Moves `start` to a position; the bytes before it stay in `bytes` until more are read.
    mutating func consume(to position: Int) {
        place = place(of: position)
        start = position
    }

    /// Moves `start` to the beginning of the next line.
    mutating func consumeLine(to position: Int) {
        place.advance(overLineOf: position - start)
        start = position
    }

    /// The place in the file of a position from `start` on.
    func place(of position: Int) -> TextPlace {
        var place = place
        place.advance(over: bytes.span, start..<position)
        return place
    }

    /// Removes the second quote of each pair in a range before `start`, and returns the new end.
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
