/// Words and their numbers, 0, 1, 2 and so on in the order in which they came. Bytes are looked up without making a
/// string of them.
struct WordTable: Sendable {
    /// The words' bytes one behind the other, and where each ends.
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// An open-addressing table of numbers, −1 where it is empty; its size is a power of two and at least twice the
    /// number of words.
    private var slots = [Int32](repeating: -1, count: 64)

    var count: Int { ends.count }

    /// The number of a word; negative if it has none.
    func number(of text: Span<UInt8>, _ range: Range<Int>) -> Int32 { slots[slot(of: text, range)] }

    /// The number of a word, which it is given now if it has none.
    mutating func insert(_ text: Span<UInt8>, _ range: Range<Int>) -> Int32 {
        let slot = slot(of: text, range)
        if slots[slot] >= 0 { return slots[slot] }
        for position in range { bytes.append(text[position]) }
        let number = Int32(ends.count)
        ends.append(bytes.count)
        slots[slot] = number
        if 2 * ends.count > slots.count { grow() }
        return number
    }

    func word(_ number: Int) -> String { String(decoding: bytes[range(of: number)], as: UTF8.self) }

    private func range(of number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }

    private func slot(of text: Span<UInt8>, _ range: Range<Int>) -> Int {
        var slot = home(text, range)
        while slots[slot] >= 0 && !isEqual(Int(slots[slot]), text, range) {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    private func isEqual(_ number: Int, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let own = self.range(of: number)
        guard own.count == range.count else { return false }
        for offset in 0..<range.count where bytes[own.lowerBound + offset] != text[range.lowerBound + offset]
        {
            return false
        }
        return true
    }

    /// Where the search for a word begins. Swift's hash differs from process to process, so that no file can be
    /// made to let all its words collide.
    private func home(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
        var hasher = Hasher()
        unsafe text.extracting(range).withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        return hasher.finalize() & (slots.count - 1)
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: 2 * slots.count)
        for number in ends.indices { slots[slot(of: bytes.span, range(of: number))] = Int32(number) }
    }
}
