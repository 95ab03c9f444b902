/// A field in which a number is expected.
enum CSVCell {
    case number(Double)
    case missing
    case text

    /// The cell at a range of valid UTF-8; blanks around it are ignored.
    init(_ text: Span<UInt8>, _ range: Range<Int>) {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, text[start] == 32 || text[start] == 9 { start += 1 }
        while start < end, text[end - 1] == 32 || text[end - 1] == 9 { end -= 1 }
        if let number = DecimalNumber.parse(text, start..<end) {
            self = .number(number)
        } else {
            self = Self.isMissing(text, start..<end) ? .missing : .text
        }
    }

    /// Nothing, "?", "NA" or "NaN", in any case.
    private static func isMissing(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        if range.isEmpty { return true }
        if range.count == 1 { return text[range.lowerBound] == UInt8(ascii: "?") }
        guard range.count <= 3 else { return false }
        let letters = range.map { text[$0] | 0x20 }
        return letters == Array("na".utf8) || letters == Array("nan".utf8)
    }
}
