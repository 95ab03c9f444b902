/// What no text file holds.
enum TextFault {
    case nul
    case notUTF8
}

/// Tells well-formed UTF-8 (Unicode 17, table 3-7) without NUL from everything else.
enum UTF8Check {
    /// The end of the whole and well-formed scalars at the front of a range, and what is wrong there. What may be
    /// the beginning of a scalar that goes on behind the range is no fault.
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

    /// The bytes that a scalar has, by its first, if that is not ASCII.
    private static func length(ofScalar first: UInt8) -> Int? {
        switch first {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: nil
        }
    }

    /// Overlong forms, surrogates and what lies beyond U+10FFFF are told by the second byte.
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
            // Taking 1 from each byte borrows from its high bit only where the byte is 0; beyond ASCII the bit
            // is set anyway. A borrow may spill over into the next byte, which is then looked at for nothing.
            if (word | (word &- 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080 != 0 { break }
            position += 8
        }
        while position < range.upperBound, bytes[position] &- 1 < 0x7F { position += 1 }
        return position
    }
}
