/// Cuts valid UTF-8 into words.
///
/// A word is a run of letters and digits, with the marks and apostrophes inside it. Every other scalar is a word by
/// itself, and so is a line end, which becomes LF; blanks and control characters are left out.
enum WordScanner {
    private enum Kind: UInt8 {
        case blank, lineEnd, letter, inside, apostrophe, other
    }

    /// The range of the next word. The position advances past it, or, if more text is needed to tell its end, to
    /// its beginning.
    ///
    /// - Returns: nil if more text is needed. The range of a line end begins with CR or LF; that of a word of
    ///   more than `Tuning.wordBytes` bytes ends soon after these.
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
            while reached - start <= Tuning.wordBytes {
                while reached < end, text[reached] < 0x80, kinds[Int(text[reached])] == .letter {
                    reached += 1
                }
                guard reached < end else {
                    if !isEnd && reached - start <= Tuning.wordBytes { return nil }
                    break
                }
                var after = reached
                var next = take(text, &after, kinds)
                if next == .apostrophe {
                    if after >= end && !isEnd { return nil }
                    next = after < end && kind(text, after, kinds) == .letter ? .inside : .other
                }
                guard next == .letter || next == .inside else { break }
                reached = after
            }
        case .lineEnd where text[start] == 13:
            if reached == end && !isEnd { return nil }
            if reached < end && text[reached] == 10 { reached += 1 }
        default: break
        }
        position = reached
        return start..<reached
    }

    /// Calls `body` with the bytes that identify a word: in lower case if the kind says so, a line end as LF.
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

    /// Makes `word` the text in lower case by Unicode's full mapping of each scalar; false if the text is plain
    /// ASCII in lower case already.
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

    /// The kind of the scalar at a position, which advances past it.
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

    /// The kinds of the scalars below U+10000; looking up Unicode's properties each time takes longer than all
    /// the rest.
    private static let kinds: [Kind] = (0..<0x10000).map { Unicode.Scalar(UInt16($0)).map(kind) ?? .other }

    /// The lower case of the scalars below U+10000; 0 where it is not one such scalar.
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
