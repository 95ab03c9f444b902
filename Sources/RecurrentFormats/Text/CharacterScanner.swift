/// Cuts valid UTF-8 into Unicode scalars. Every line end, LF, CRLF or CR, becomes LF.
enum CharacterScanner {
    /// The scalar at a position, which advances past it; nil if more text is needed to tell.
    @inline(__always)
    static func next(
        _ text: Span<UInt8>, from position: inout Int, to end: Int, isEnd: Bool
    ) -> UInt32? {
        guard position < end else { return nil }
        let byte = text[position]
        if byte >= 0x80 {
            guard byte < 0xE0 else { return decode(text, from: &position) }
            position += 2
            return UInt32(byte & 0x1F) << 6 | UInt32(text[position - 1] & 0x3F)
        }
        guard byte == 13 else {
            position += 1
            return UInt32(byte)
        }
        if position + 1 == end && !isEnd { return nil }
        position += position + 1 < end && text[position + 1] == 10 ? 2 : 1
        return 10
    }

    /// The scalar of two bytes or more at a position, which advances past it.
    static func decode(_ text: Span<UInt8>, from position: inout Int) -> UInt32 {
        let first = UInt32(text[position])
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var scalar = first & (0x7F >> UInt32(length))
        for offset in 1..<length { scalar = scalar << 6 | UInt32(text[position + offset] & 0x3F) }
        position += length
        return scalar
    }

    /// The scalar at a position, line ends unchanged; the position advances past it.
    static func scalar(_ text: Span<UInt8>, from position: inout Int) -> Unicode.Scalar {
        let byte = text[position]
        if byte < 0x80 {
            position += 1
            return Unicode.Scalar(byte)
        }
        if byte < 0xE0 {
            position += 2
            return Unicode.Scalar(UInt16(byte & 0x1F) << 6 | UInt16(text[position - 1] & 0x3F)) ?? "\u{FFFD}"
        }
        return Unicode.Scalar(decode(text, from: &position)) ?? "\u{FFFD}"
    }
}
