/// Finds the fields of a record in checked text, as far as there is text; goes on where it stopped when there is more.
///
/// Positions are kept relative to the record's beginning, which moves when more text is read.
struct CSVScanner {
    enum Outcome {
        /// The record ends so many bytes behind its beginning, its line end included.
        case record(length: Int)
        /// More text is needed.
        case more
        /// There is nothing but the end of the text.
        case end
        case fault(CSVFault, at: Int)
    }

    private enum State {
        case field, quoted, behindQuote, behindReturn
    }

    private let separator: UInt8
    /// The byte that quotes; one that no UTF-8 has if nothing does.
    private let quote: UInt8
    /// Where the fields begin and end.
    private(set) var fields: [(start: UInt32, end: UInt32)] = []
    /// Which fields hold doubled quotes.
    private(set) var withDoubledQuotes: [Int] = []
    /// Whether a field is quoted.
    private(set) var hasQuotes = false
    /// Whether a line ends within a field, or the record ends without a line end.
    private(set) var isNoLine = false
    /// How many fields there are; those beyond `limit` are only counted.
    private(set) var count = 0
    /// How many fields are kept.
    var limit: Int

    private var state = State.field
    /// Where the search goes on, and where the field began behind its quote.
    private var position = 0
    private var start = 0
    private var hasDoubledQuotes = false

    init(separator: UInt8, quotes: Bool, limit: Int) {
        self.separator = separator
        quote = quotes ? UInt8(ascii: "\"") : 0xFF
        self.limit = limit
    }

    /// Puts a field's end elsewhere.
    mutating func setEnd(of field: Int, to end: Int) { fields[field].end = UInt32(end) }

    /// Forgets the record.
    mutating func begin() {
        fields.removeAll(keepingCapacity: true)
        withDoubledQuotes.removeAll(keepingCapacity: true)
        (count, state, position, start) = (0, .field, 0, 0)
        (hasQuotes, hasDoubledQuotes, isNoLine) = (false, false, false)
    }

    /// Looks on for the record's end in what a stream holds.
    mutating func scan(_ stream: borrowing TextStream, isEnd: Bool) -> Outcome {
        scan(stream.bytes.span, from: stream.start, to: stream.end, isEnd: isEnd)
    }

    private mutating func scan(_ text: Span<UInt8>, from record: Int, to end: Int, isEnd: Bool) -> Outcome {
        let length = end - record
        while position < length {
            switch state {
            case .field:
                findEndOfField(text, record, length)
                guard position < length else { break }
                let byte = text[record + position]
                position += 1
                if byte == separator {
                    finishField(at: position - 1)
                } else if byte == quote {
                    guard position - 1 == start else { return .fault(.quoteInside, at: position - 1) }
                    (state, start, hasQuotes) = (.quoted, position, true)
                } else {
                    finishField(at: position - 1)
                    if byte == 10 { return .record(length: position) }
                    state = .behindReturn
                }
            case .quoted:
                while position < length, text[record + position] != quote {
                    if text[record + position] == 10 || text[record + position] == 13 { isNoLine = true }
                    position += 1
                }
                guard position < length else { break }
                position += 1
                state = .behindQuote
            case .behindQuote:
                let byte = text[record + position]
                if byte == quote {
                    hasDoubledQuotes = true
                    position += 1
                    state = .quoted
                    continue
                }
                guard byte == separator || byte == 10 || byte == 13 else {
                    return .fault(.textBehindQuote, at: position)
                }
                position += 1
                finishField(at: position - 2)
                if byte == 10 { return .record(length: position) }
                state = byte == 13 ? .behindReturn : .field
            case .behindReturn:
                if text[record + position] == 10 { position += 1 }
                return .record(length: position)
            }
        }
        return isEnd ? finish() : .more
    }

    /// The text ends here.
    private mutating func finish() -> Outcome {
        if state != .behindReturn { isNoLine = true }
        switch state {
        case .field where position == 0: return .end
        case .field: finishField(at: position)
        case .quoted: return .fault(.neverClosed, at: start - 1)
        case .behindQuote: finishField(at: position - 1)
        case .behindReturn: break
        }
        return .record(length: position)
    }

    @inline(__always)
    private mutating func findEndOfField(_ text: Span<UInt8>, _ record: Int, _ length: Int) {
        var position = position
        while position < length {
            let byte = text[record + position]
            if byte == separator || byte == quote || byte == 10 || byte == 13 { break }
            position += 1
        }
        self.position = position
    }

    @inline(__always)
    private mutating func finishField(at end: Int) {
        if count < limit {
            if hasDoubledQuotes { withDoubledQuotes.append(count) }
            fields.append((UInt32(start), UInt32(end)))
        }
        count += 1
        start = position
        hasDoubledQuotes = false
    }
}

/// What is wrong with the quotes of a record.
enum CSVFault {
    case quoteInside, textBehindQuote, neverClosed

    var problem: String {
        switch self {
        case .quoteInside:
            "a quote inside a field that does not begin with one; double it and quote the field"
        case .textBehindQuote: "text after a closing quote; double the quotes inside a quoted field"
        case .neverClosed: "a quote that is never closed"
        }
    }
}
