/// Finds the fields of a record in valid UTF-8, and resumes where it stopped when more text has been read.
///
/// Positions are relative to the beginning of the record, which moves when more text is read.
struct CSVScanner {
    enum Outcome {
        /// The length of the record in bytes, including its line end.
        case record(length: Int)
        /// More text is needed.
        case more
        /// The text ended before the record began.
        case end
        case fault(CSVFault, at: Int)
    }

    private enum State {
        case field, quoted, afterQuote, afterReturn
    }

    private let separator: UInt8
    /// The quote, or 0xFF, which is in no UTF-8 text, if fields cannot be quoted.
    private let quote: UInt8
    /// The beginning and end of each field.
    private(set) var fields: [(start: UInt32, end: UInt32)] = []
    /// The indices of the fields with doubled quotes.
    private(set) var withDoubledQuotes: [Int] = []
    /// True if a field is quoted.
    private(set) var hasQuotes = false
    /// True if the record is not one line: a field holds a line end, or the text ends without one.
    private(set) var isNoLine = false
    /// The number of fields; those beyond `limit` are only counted.
    private(set) var count = 0
    /// The greatest number of fields that are kept.
    var limit: Int

    private var state = State.field
    /// The position at which the scan resumes, and the beginning of the field, after its opening quote.
    private var position = 0
    private var start = 0
    private var hasDoubledQuotes = false

    init(separator: UInt8, quotes: Bool, limit: Int) {
        self.separator = separator
        quote = quotes ? UInt8(ascii: "\"") : 0xFF
        self.limit = limit
    }

    /// Moves the end of a field.
    mutating func setEnd(of field: Int, to end: Int) { fields[field].end = UInt32(end) }

    /// Forgets the record.
    mutating func begin() {
        fields.removeAll(keepingCapacity: true)
        withDoubledQuotes.removeAll(keepingCapacity: true)
        (count, state, position, start) = (0, .field, 0, 0)
        (hasQuotes, hasDoubledQuotes, isNoLine) = (false, false, false)
    }

    /// Continues with the text that a stream holds.
    mutating func scan(_ stream: borrowing TextStream, isEnd: Bool) -> Outcome {
        scan(stream.bytes.span, from: stream.start, to: stream.end, isEnd: isEnd)
    }

    private mutating func scan(_ text: Span<UInt8>, from record: Int, to end: Int, isEnd: Bool) -> Outcome {
        let length = end - record
        while position < length {
            let outcome =
                switch state {
                case .field: scanField(text, record, length)
                case .quoted: scanQuoted(text, record, length)
                case .afterQuote: scanAfterQuote(text[record + position])
                case .afterReturn: finishLine(text[record + position])
                }
            if let outcome { return outcome }
        }
        return isEnd ? finish() : .more
    }

    /// Reads a field to its end, or to its opening quote.
    @inline(__always)
    private mutating func scanField(_ text: Span<UInt8>, _ record: Int, _ length: Int) -> Outcome? {
        findEndOfField(text, record, length)
        guard position < length else { return nil }
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
            state = .afterReturn
        }
        return nil
    }

    /// Reads a quoted field to its next quote.
    @inline(__always)
    private mutating func scanQuoted(_ text: Span<UInt8>, _ record: Int, _ length: Int) -> Outcome? {
        while position < length, text[record + position] != quote {
            if text[record + position] == 10 || text[record + position] == 13 { isNoLine = true }
            position += 1
        }
        guard position < length else { return nil }
        position += 1
        state = .afterQuote
        return nil
    }

    /// The byte after a quote inside a quoted field doubles the quote or ends the field.
    @inline(__always)
    private mutating func scanAfterQuote(_ byte: UInt8) -> Outcome? {
        if byte == quote {
            hasDoubledQuotes = true
            position += 1
            state = .quoted
            return nil
        }
        guard byte == separator || byte == 10 || byte == 13 else {
            return .fault(.textAfterQuote, at: position)
        }
        position += 1
        finishField(at: position - 2)
        if byte == 10 { return .record(length: position) }
        state = byte == 13 ? .afterReturn : .field
        return nil
    }

    /// The byte after CR belongs to the line end if it is LF.
    @inline(__always)
    private mutating func finishLine(_ byte: UInt8) -> Outcome {
        if byte == 10 { position += 1 }
        return .record(length: position)
    }

    /// The outcome at the end of the text.
    private mutating func finish() -> Outcome {
        if state != .afterReturn { isNoLine = true }
        switch state {
        case .field where position == 0: return .end
        case .field: finishField(at: position)
        case .quoted: return .fault(.neverClosed, at: start - 1)
        case .afterQuote: finishField(at: position - 1)
        case .afterReturn: break
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
