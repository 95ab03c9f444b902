/// A place in a text. Lines end in LF, CRLF or CR.
struct TextPlace: Equatable {
    /// Counted from 1.
    private(set) var line = 1
    /// In Unicode scalars, counted from 1.
    private(set) var column = 1
    /// In bytes of the file, counted from 0.
    private(set) var offset: Int
    private var isAfterCR = false

    init(offset: Int = 0) { self.offset = offset }

    /// Advances past a range of bytes.
    mutating func advance(over bytes: Span<UInt8>, _ range: Range<Int>) {
        if range.isEmpty { return }
        offset += range.count
        var feeds = Self.count(10, bytes, range)
        let returns = Self.count(13, bytes, range)
        if isAfterCR && bytes[range.lowerBound] == 10 { feeds -= 1 }
        if returns > 0 { feeds -= pairs(bytes, range) }
        line += feeds + returns
        isAfterCR = bytes[range.upperBound - 1] == 13

        var start = range.upperBound
        var width = 0
        while start > range.lowerBound, bytes[start - 1] != 10, bytes[start - 1] != 13 {
            start -= 1
            width += bytes[start] & 0xC0 == 0x80 ? 0 : 1
        }
        column = start > range.lowerBound ? 1 + width : column + width
    }

    /// Advances past one line of `count` bytes, which include its line end, CRLF in full.
    mutating func advance(overLineOf count: Int) {
        offset += count
        line += 1
        (column, isAfterCR) = (1, false)
    }

    /// The number of times that a byte occurs. Without checks of bounds and overflow the loop is vectorised.
    private static func count(_ byte: UInt8, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
        unsafe bytes.extracting(range).withUnsafeBufferPointer { bytes in
            var (count, position) = (0, 0)
            while position < bytes.count {
                count &+= unsafe bytes[position] == byte ? 1 : 0
                position &+= 1
            }
            return count
        }
    }

    /// The line feeds that follow a carriage return.
    private func pairs(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
        var count = 0
        for position in range.dropFirst() where bytes[position] == 10 && bytes[position - 1] == 13 {
            count += 1
        }
        return count
    }
}
