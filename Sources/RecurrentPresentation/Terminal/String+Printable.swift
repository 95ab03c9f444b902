extension String {
    /// The text with every control character replaced, so that text from a file cannot control the terminal.
    package var printable: String {
        guard contains(where: \.isControl) else { return self }
        return String(map { $0.isControl ? "\u{FFFD}" : $0 })
    }

    /// The text followed by blanks up to a width.
    package func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }

    /// The text if it has at most `length` characters, otherwise its beginning and "…".
    package func shortened(to length: Int) -> String { count <= length ? self : prefix(length - 1) + "…" }
}

/// A word as typed in a shell: in quotes where they are needed.
package func shellQuoted(_ word: String) -> String {
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
