/// What is wrong with a line, said where neither its file nor its number is known.
struct LineProblem: Error {
    let text: String

    init(_ text: String) { self.text = text }
}

extension Span<UInt8> {
    /// The bytes as text, or nil if they are not UTF-8.
    var text: String? {
        unsafe withUnsafeBufferPointer { unsafe String(validating: $0, as: UTF8.self) }
    }

    /// The bytes in quotes, for messages: no more of them than one wants to read.
    var quoted: String {
        let start = extracting(first: 40)
        let text = unsafe start.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
        return "'\(text)\(count > 40 ? "…" : "")'"
    }

    /// A range without the spaces and tabs at its ends.
    func withoutBlanks(in range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isBlank(start) { start += 1 }
        while end > start, isBlank(end - 1) { end -= 1 }
        return start..<end
    }

    private func isBlank(_ place: Int) -> Bool {
        self[place] == UInt8(ascii: " ") || self[place] == UInt8(ascii: "\t")
    }

    /// Where `byte` stands first, at `start` or behind it; the end if nowhere.
    func place(of byte: UInt8, from start: Int) -> Int {
        var place = start
        while place < count, self[place] != byte { place += 1 }
        return place
    }

    /// Where `byte` stands last; nil if nowhere.
    func lastPlace(of byte: UInt8) -> Int? {
        var place = count - 1
        while place >= 0, self[place] != byte { place -= 1 }
        return place < 0 ? nil : place
    }
}
