/// Cuts checked text into words.
///
/// A word is a run of letters and digits, with the marks and apostrophes inside it. Every other scalar is a word by
/// itself, and so is a line end, which comes out as LF; blanks and control characters are left out.
enum WordScanner {
    /// More bytes than this are no word: DNA, say, or a script that does without blanks.
    static let limit = 1 << 16

    private enum Kind: UInt8 {
        case blank, lineEnd, letter, inside, apostrophe, other
    }

    /// The word that comes next. The position goes behind it, or, where more text is needed to tell its end, to its
    /// beginning.
    ///
    /// - Returns: where it stands, or nil. A line end's range holds CR or LF first; that of a word of more than
    ///   `limit` bytes ends soon behind these.
    static func next(
        _ text: Span<UInt8>, from position: inout Int, to end: Int, isEnd: Bool
    ) -> Range<Int>? {
        let kinds = asciiKinds
        while position < end, kind(text, position, kinds) == .blank { skip(text, &position) }
        guard position < end else { return nil }
        let start = position
        var reached = position
        let first = kind(text, reached, kinds)
        skip(text, &reached)
        switch first {
        case .letter:
            while reached - start <= limit {
                guard reached < end else {
                    if !isEnd { return nil }
                    break
                }
                let next = kind(text, reached, kinds)
                if next == .letter || next == .inside {
                    skip(text, &reached)
                    continue
                }
                guard next == .apostrophe else { break }
                var behind = reached
                skip(text, &behind)
                if behind >= end && !isEnd { return nil }
                guard behind < end, kind(text, behind, kinds) == .letter else { break }
                reached = behind
            }
        case .lineEnd where text[start] == 13:
            if reached == end && !isEnd { return nil }
            if reached < end && text[reached] == 10 { reached += 1 }
        default: break
        }
        position = reached
        return start..<reached
    }

    /// Calls `body` with the bytes that a word is known by: in lower case if the kind says so, a line end as LF.
    static func withWord<R>(
        _ text: Span<UInt8>, _ range: Range<Int>, _ kind: Vocabulary.Kind, _ word: inout [UInt8],
        _ body: (Span<UInt8>, Range<Int>) -> R
    ) -> R {
        word.removeAll(keepingCapacity: true)
        if text[range.lowerBound] == 13 {
            word.append(10)
        } else if kind != .lowercaseWords || !lowercase(text, range, into: &word) {
            return body(text, range)
        }
        return body(word.span, 0..<word.count)
    }

    /// Appends a word's bytes in lower case, each scalar by Unicode's full mapping; false if they were so already.
    static func lowercase(_ text: Span<UInt8>, _ range: Range<Int>, into word: inout [UInt8]) -> Bool {
        let isPlain = range.allSatisfy { text[$0] < 0x80 && !(65...90).contains(text[$0]) }
        if isPlain { return false }
        var position = range.lowerBound
        while position < range.upperBound {
            let byte = text[position]
            if byte < 0x80 {
                word.append((65...90).contains(byte) ? byte | 0x20 : byte)
                position += 1
            } else {
                let scalar = CharacterScanner.scalar(text, from: &position)
                word += scalar.properties.lowercaseMapping.utf8
            }
        }
        return true
    }

    @inline(__always)
    private static func skip(_ text: Span<UInt8>, _ position: inout Int) {
        let byte = text[position]
        position += byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    }

    @inline(__always)
    private static func kind(_ text: Span<UInt8>, _ position: Int, _ kinds: [Kind]) -> Kind {
        let byte = text[position]
        if byte < 0x80 { return kinds[Int(byte)] }
        var position = position
        return kind(CharacterScanner.scalar(text, from: &position))
    }

    private static let asciiKinds: [Kind] = (0..<128).map { kind(Unicode.Scalar($0)) }

    private static func kind(_ scalar: Unicode.Scalar) -> Kind {
        switch scalar {
        case "\n", "\r": return .lineEnd
        case "'", "\u{2019}": return .apostrophe
        default: break
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber:
            return .letter
        case .nonspacingMark, .spacingMark, .enclosingMark, .format: return .inside
        case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control: return .blank
        default: return .other
        }
    }
}
