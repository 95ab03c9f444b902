/// Counts the symbols of a text.
struct SymbolCounter {
    private let kind: Vocabulary.Kind
    private var counts: [Int] = []
    private var scalars = ScalarTable()
    private var scalarsInOrder: [UInt32] = []
    private var words = WordTable()
    private var word: [UInt8] = []

    init(_ kind: Vocabulary.Kind) { self.kind = kind }

    init(_ kind: Vocabulary.Kind, in stream: consuming TextStream) throws(FileError) {
        self.init(kind)
        var isEnd = false
        while !isEnd {
            isEnd = try !stream.more()
            var position = stream.start
            let fault = count(stream.bytes.span, from: &position, to: stream.end, isEnd: isEnd)
            stream.consume(to: position)
            if let fault { throw fault.error("", at: stream.place, of: stream.path) }
            if counts.count > Tuning.distinctSymbols {
                throw FileError(
                    path: stream.path, line: stream.place.line,
                    problem: "more than \(Tuning.distinctSymbols) different words; take characters as symbols"
                )
            }
        }
    }

    /// Counts until more text is needed, or up to a symbol at fault; `position` is then its beginning.
    mutating func count(
        _ text: Span<UInt8>, from position: inout Int, to end: Int, isEnd: Bool
    ) -> SymbolFault? {
        if kind == .characters {
            while true {
                countASCII(text, from: &position, to: end)
                guard let scalar = CharacterScanner.next(text, from: &position, to: end, isEnd: isEnd) else {
                    break
                }
                // No text file holds NUL, but a string may.
                if scalar != 0 { count(scalar) }
            }
        } else {
            while let range = WordScanner.next(text, from: &position, to: end, isEnd: isEnd) {
                if range.count > Tuning.wordBytes {
                    position = range.lowerBound
                    return .tooLong
                }
                let number = WordScanner.withWord(text, range, kind, &word) { words.insert($0, $1) }
                if number == counts.count { counts.append(0) }
                counts[Int(number)] += 1
            }
        }
        return nil
    }

    /// Counts ASCII characters up to the first that has not been counted before.
    private mutating func countASCII(_ text: Span<UInt8>, from position: inout Int, to end: Int) {
        let scalars = scalars
        var counts = counts.mutableSpan
        while position < end, text[position] < 0x80 {
            let number = scalars.number(ofASCII: text[position])
            if number < 0 { break }
            counts[Int(number)] += 1
            position += 1
        }
    }

    @inline(__always)
    private mutating func count(_ scalar: UInt32) {
        var number = scalars[scalar]
        if number < 0 {
            number = Int32(counts.count)
            scalars[scalar] = number
            scalarsInOrder.append(scalar)
            counts.append(0)
        }
        counts[Int(number)] += 1
    }

    func symbols(_ minimumCount: Int, _ limit: Int?, _ order: SymbolOrder) -> [String] {
        let frequent = counts.indices.filter { counts[$0] >= minimumCount }
            .sorted { (counts[$1], $0) < (counts[$0], $1) }
        let kept = frequent.prefix(max(0, limit ?? frequent.count))
        return (order == .frequency ? Array(kept) : kept.sorted()).map { number in
            kind == .characters
                ? Unicode.Scalar(scalarsInOrder[number]).map { String($0) } ?? "" : words.word(number)
        }
    }
}
