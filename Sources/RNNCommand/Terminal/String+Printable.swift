extension String {
    /// The text with every control character replaced: what comes from a file must not steer a terminal.
    var printable: String {
        guard contains(where: \.isControl) else { return self }
        return String(map { $0.isControl ? "\u{FFFD}" : $0 })
    }

    /// The text if it has at most `length` characters, otherwise its beginning and "…".
    func shortened(to length: Int) -> String { count <= length ? self : prefix(length - 1) + "…" }
}

/// The lines of a text, empty ones too, without their ends: LF, CRLF or CR.
func lines(of text: String) -> [Substring] {
    var lines = text.split(omittingEmptySubsequences: false) { ["\n", "\r\n", "\r"].contains($0) }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
}

/// A word as a shell needs it.
func shellQuoted(_ word: String) -> String {
    let isPlain = word.allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber || "-_./,:=+".contains($0))
    }
    return isPlain && !word.isEmpty ? word : "'\(word.replacing("'", with: "'\\''"))'"
}

extension Character {
    fileprivate var isControl: Bool {
        unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}
