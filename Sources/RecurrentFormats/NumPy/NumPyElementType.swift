/// The type of the elements of a `.npy` file: `<f4`, `>i8`, `|b1`.
struct NumPyElementType: Equatable {
    enum Kind: Character { case float = "f", integer = "i", unsigned = "u", bool = "b" }

    let kind: Kind
    /// In bytes.
    let size: Int
    let isBigEndian: Bool

    /// A byte order, a kind and a size; nil for types that are not real or wider than 8 bytes. As in NumPy, | and =
    /// mean the machine's own order, which is little-endian wherever Swift runs.
    init?(_ text: String) {
        let characters = Array(text)
        guard characters.count == 3, "<>|=".contains(characters[0]), let kind = Kind(rawValue: characters[1]),
            let size = characters[2].wholeNumberValue, kind.sizes.contains(size)
        else { return nil }
        (self.kind, self.size, isBigEndian) = (kind, size, characters[0] == ">")
    }

    /// Decodes `count` elements; an integer that no Double equals becomes NaN.
    ///
    /// - Precondition: `bytes` holds at least `count` elements.
    func values(_ bytes: RawSpan, count: Int) -> [Double] {
        switch (kind, size) {
        case (.float, 2): values(bytes, count) { (word: UInt16) in Double(half: word) }
        case (.float, 4): values(bytes, count) { (word: UInt32) in Double(Float(bitPattern: word)) }
        case (.float, _): values(bytes, count) { (word: UInt64) in Double(bitPattern: word) }
        case (.integer, 1): values(bytes, count) { (word: Int8) in Double(word) }
        case (.integer, 2): values(bytes, count) { (word: Int16) in Double(word) }
        case (.integer, 4): values(bytes, count) { (word: Int32) in Double(word) }
        case (.integer, _): values(bytes, count) { (word: Int64) in Double(exactly: word) ?? .nan }
        case (.unsigned, 1): values(bytes, count) { (word: UInt8) in Double(word) }
        case (.unsigned, 2): values(bytes, count) { (word: UInt16) in Double(word) }
        case (.unsigned, 4): values(bytes, count) { (word: UInt32) in Double(word) }
        case (.unsigned, _): values(bytes, count) { (word: UInt64) in Double(exactly: word) ?? .nan }
        case (.bool, _): values(bytes, count) { (word: UInt8) in word == 0 ? 0 : 1 }
        }
    }

    private func values<Word: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: RawSpan, _ count: Int, _ convert: (Word) -> Double
    ) -> [Double] {
        require(count <= bytes.byteCount / size, "\(bytes.byteCount) bytes do not hold \(count) elements")
        return (0..<count).map { index in
            // Any bits are a word, and files promise no alignment.
            let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index * size, as: Word.self)
            return convert(isBigEndian ? Word(bigEndian: word) : Word(littleEndian: word))
        }
    }
}

extension NumPyElementType.Kind {
    fileprivate var sizes: [Int] {
        switch self {
        case .float: [2, 4, 8]
        case .integer, .unsigned: [1, 2, 4, 8]
        case .bool: [1]
        }
    }
}
