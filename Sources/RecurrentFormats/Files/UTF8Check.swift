/// Tells well-formed UTF-8 (Unicode 17, table 3-7) without NUL from everything else.
enum UTF8Check {
    /// The end of the complete and well-formed scalars at the beginning of a range, and the fault found there. A
    /// scalar that the end of the range cuts is no fault.
    static func check(_ bytes: Span<UInt8>, _ range: Range<Int>) -> (end: Int, fault: TextFault?) {
        var position = range.lowerBound
        while position < range.upperBound {
            position = endOfASCII(bytes, position..<range.upperBound)
            if position == range.upperBound { break }
            if bytes[position] == 0 { return (position, .nul) }
            guard let length = length(ofScalar: bytes[position]) else { return (position, .notUTF8) }
            let second = secondBytes(after: bytes[position])
            for offset in 1..<length where position + offset < range.upperBound {
                let byte = bytes[position + offset]
                let isRight = offset == 1 ? second.contains(byte) : byte & 0xC0 == 0x80
                if !isRight { return (position, .notUTF8) }
            }
            if position + length > range.upperBound { break }
            position += length
        }
        return (position, nil)
    }

    /// The length of a scalar by its first byte, which is not ASCII; nil if no scalar begins with it.
    private static func length(ofScalar first: UInt8) -> Int? {
        switch first {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: nil
        }
    }

    /// The valid second bytes; they exclude overlong forms, surrogates and scalars beyond U+10FFFF.
    private static func secondBytes(after first: UInt8) -> ClosedRange<UInt8> {
        switch first {
        case 0xE0: 0xA0...0xBF
        case 0xED: 0x80...0x9F
        case 0xF0: 0x90...0xBF
        case 0xF4: 0x80...0x8F
        default: 0x80...0xBF
        }
    }

    /// The first position that is NUL or not ASCII.
    private static func endOfASCII(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
        var position = range.lowerBound
        let raw = unsafe bytes.bytes
        while position + 8 <= range.upperBound {
            let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
            // Subtracting 1 from each byte borrows from its high bit only if the byte is 0; beyond ASCII the bit
            // is set anyway. A borrow may reach the next byte, which is then examined in vain.
            if (word | (word &- 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080 != 0 { break }
            position += 8
        }
        while position < range.upperBound, bytes[position] &- 1 < 0x7F { position += 1 }
        return position
    }
}
