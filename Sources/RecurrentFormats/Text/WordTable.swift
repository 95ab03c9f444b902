/// Words and their numbers, 0, 1, 2 and so on in the order of their insertion. Bytes are looked up without making a
/// string of them.
struct WordTable: Sendable {
    /// The part of a word that is compared first.
    private struct Key: Equatable {
        /// The word itself if it has up to eight bytes, otherwise its hash.
        var word: UInt64
        var length: UInt32
    }

    private struct Slot {
        var key = Key(word: 0, length: 0)
        /// −1 where the slot is empty.
        var number: Int32 = -1
    }

    /// The bytes of all words in a row, and the end of each.
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// An open-addressing table; its size is a power of two and at least twice the number of words.
    private var slots = [Slot](repeating: Slot(), count: 64)
    /// Random for every table, so that no file can be made whose words all collide. The numbers do not depend on
    /// it.
    private let seed = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max) | 1)

    var count: Int { ends.count }

    /// The number of a word, or −1.
    func number(of text: Span<UInt8>, _ range: Range<Int>) -> Int32 {
        slots[slot(of: text, range, key(text, range))].number
    }

    /// The number of a word; a new word gets the next one.
    mutating func insert(_ text: Span<UInt8>, _ range: Range<Int>) -> Int32 {
        let key = key(text, range)
        let slot = slot(of: text, range, key)
        if slots[slot].number >= 0 { return slots[slot].number }
        for position in range { bytes.append(text[position]) }
        let number = Int32(ends.count)
        ends.append(bytes.count)
        slots[slot] = Slot(key: key, number: number)
        if 2 * ends.count > slots.count { grow() }
        return number
    }

    func word(_ number: Int) -> String { String(decoding: bytes[range(of: number)], as: UTF8.self) }

    private func range(of number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }

    /// The index of the slot of a word, or of the empty slot for it.
    private func slot(of text: Span<UInt8>, _ range: Range<Int>, _ key: Key) -> Int {
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: mix(key.word, UInt64(key.length))) & mask
        while true {
            let slot = slots[place]
            if slot.number < 0 { return place }
            if slot.key == key, key.length <= 8 || isEqual(Int(slot.number), text, range) { return place }
            place = (place + 1) & mask
        }
    }

    private func isEqual(_ number: Int, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let start = self.range(of: number).lowerBound
        for offset in 0..<range.count where bytes[start + offset] != text[range.lowerBound + offset] {
            return false
        }
        return true
    }

    private func key(_ text: Span<UInt8>, _ range: Range<Int>) -> Key {
        var word = Self.word(text, range.lowerBound, min(8, range.count))
        for start in stride(from: range.lowerBound + 8, to: range.upperBound, by: 8) {
            word = mix(word, Self.word(text, start, min(8, range.upperBound - start)))
        }
        return Key(word: word, length: UInt32(range.count))
    }

    /// Up to eight bytes as one number, the first the lowest.
    private static func word(_ text: Span<UInt8>, _ start: Int, _ count: Int) -> UInt64 {
        if start + 8 <= text.count {
            let word = unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
            return UInt64(littleEndian: word) & (~0 >> UInt64(64 - 8 * count))
        }
        return (0..<count).reduce(0) { $0 | UInt64(text[start + $1]) << UInt64(8 * $1) }
    }

    /// A product of 128 bits whose halves are folded.
    private func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = (a ^ seed.0).multipliedFullWidth(by: (b &* 0x9E37_79B9_7F4A_7C15) ^ seed.1)
        return product.high ^ product.low
    }

    private mutating func grow() {
        slots = [Slot](repeating: Slot(), count: 2 * slots.count)
        for number in ends.indices {
            let (word, key) = (range(of: number), key(bytes.span, range(of: number)))
            slots[slot(of: bytes.span, word, key)] = Slot(key: key, number: Int32(number))
        }
    }
}
