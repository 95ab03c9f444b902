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
        let kinds = kinds
        var first = Kind.blank
        var (start, reached) = (position, position)
        while first == .blank {
            (position, start) = (reached, reached)
            guard reached < end else { return nil }
            first = take(text, &reached, kinds)
        }
        switch first {
        case .letter:
            while reached - start <= limit {
                while reached < end, text[reached] < 0x80, kinds[Int(text[reached])] == .letter {
                    reached += 1
                }
                guard reached < end else {
                    if !isEnd && reached - start <= limit { return nil }
                    break
                }
                var behind = reached
                var next = take(text, &behind, kinds)
                if next == .apostrophe {
                    if behind >= end && !isEnd { return nil }
                    next = behind < end && kind(text, behind, kinds) == .letter ? .inside : .other
                }
                guard next == .letter || next == .inside else { break }
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
        if text[range.lowerBound] == 13 {
            word = [10]
        } else if kind != .lowercaseWords || !lowercase(text, range, into: &word) {
            return body(text, range)
        }
        return body(word.span, 0..<word.count)
    }

    /// Makes `word` the bytes in lower case, each scalar by Unicode's full mapping; false if they are so already.
    static func lowercase(_ text: Span<UInt8>, _ range: Range<Int>, into word: inout [UInt8]) -> Bool {
        var position = range.lowerBound
        while position < range.upperBound, text[position] < 0x80, !(65...90).contains(text[position]) {
            position += 1
        }
        if position == range.upperBound { return false }
        word.removeAll(keepingCapacity: true)
        let table = lowercase
        position = range.lowerBound
        while position < range.upperBound {
            let scalar = scalar(text, &position)
            let mapped = scalar.value < 0x10000 ? table[Int(scalar.value)] : 0
            if mapped == 0 {
                word += scalar.properties.lowercaseMapping.utf8
            } else if mapped < 0x80 {
                word.append(UInt8(mapped))
            } else if mapped < 0x800 {
                word.append(UInt8(0xC0 | mapped >> 6))
                word.append(UInt8(0x80 | mapped & 0x3F))
            } else {
                word.append(UInt8(0xE0 | mapped >> 12))
                word.append(UInt8(0x80 | mapped >> 6 & 0x3F))
                word.append(UInt8(0x80 | mapped & 0x3F))
            }
        }
        return true
    }

    /// The kind of the scalar at a position, which goes on behind it.
    @inline(__always)
    private static func take(_ text: Span<UInt8>, _ position: inout Int, _ kinds: [Kind]) -> Kind {
        let byte = text[position]
        if byte < 0x80 {
            position += 1
            return kinds[Int(byte)]
        }
        let scalar = scalar(text, &position)
        return scalar.value < 0x10000 ? kinds[Int(scalar.value)] : kind(scalar)
    }

    @inline(__always)
    private static func kind(_ text: Span<UInt8>, _ position: Int, _ kinds: [Kind]) -> Kind {
        var position = position
        return take(text, &position, kinds)
    }

    @inline(__always)
    private static func scalar(_ text: Span<UInt8>, _ position: inout Int) -> Unicode.Scalar {
        CharacterScanner.scalar(text, from: &position)
    }

    /// The kinds of the scalars below U+10000; asking Unicode's properties each time takes longer than all the rest.
    private static let kinds: [Kind] = (0..<0x10000).map { Unicode.Scalar(UInt16($0)).map(kind) ?? .other }

    /// The same for lower case, 0 where that is not one scalar below U+10000.
    private static let lowercase: [UInt16] = (0..<0x10000).map {
        let mapping = Unicode.Scalar(UInt16($0))?.properties.lowercaseMapping.unicodeScalars
        guard let mapping, mapping.count == 1, let scalar = mapping.first else { return 0 }
        return UInt16(exactly: scalar.value) ?? 0
    }

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
