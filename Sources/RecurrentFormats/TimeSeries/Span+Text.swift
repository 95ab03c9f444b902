extension Span<UInt8> {
    /// The bytes as text, or nil if they are not UTF-8.
    var text: String? {
        unsafe withUnsafeBufferPointer { unsafe String(validating: $0, as: UTF8.self) }
    }

    /// The bytes in quotes for messages, at most forty of them.
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

    /// The index of the first `byte` from `start` on; `count` if there is none.
    func place(of byte: UInt8, from start: Int) -> Int {
        var place = start
        while place < count, self[place] != byte { place += 1 }
        return place
    }

    /// The index of the last `byte`, or nil.
    func lastPlace(of byte: UInt8) -> Int? {
        var place = count - 1
        while place >= 0, self[place] != byte { place -= 1 }
        return place < 0 ? nil : place
    }
}
