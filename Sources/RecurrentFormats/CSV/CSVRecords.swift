/// Reads the records of a table, of any number of fields each.
struct CSVRecords: ~Copyable {
    private var stream: TextStream
    private var scanner: CSVScanner
    private let limits: CSVLimits
    private var isAtEnd = false
    /// The index of the record's first byte in the stream's buffer.
    private var start = 0
    /// The line on which the record begins.
    private(set) var line = 0

    var path: String { stream.path }
    var fieldCount: Int { scanner.count }
    /// True if the record is nothing but a line end.
    var isEmptyLine: Bool { scanner.count == 1 && scanner.fields[0] == (0, 0) }

    init(_ stream: consuming TextStream, separator: CSVSeparator, quotes: Bool, _ limits: CSVLimits) {
        self.stream = stream
        self.limits = limits
        scanner = CSVScanner(separator: separator.byte, quotes: quotes, limit: limits.columns)
    }

    /// Keeps the first `count` fields of each record from now on; further ones are only counted.
    mutating func keepFields(_ count: Int) { scanner.limit = count }

    /// Advances to the next record; false if there is none.
    mutating func next() throws(FileError) -> Bool {
        scanner.begin()
        line = stream.place.line
        while true {
            switch scanner.scan(stream, isEnd: isAtEnd) {
            case .record(let length):
                try requireLimit(length)
                start = stream.start
                if scanner.isNoLine {
                    stream.consume(to: start + length)
                } else {
                    stream.consumeLine(to: start + length)
                }
                mergeQuotes()
                return true
            case .end: return false
            case .fault(let fault, let offset):
                let line = stream.place(of: stream.start + offset).line
                throw FileError(path: path, line: line, problem: fault.problem)
            case .more:
                try requireLimit(stream.end - stream.start)
                isAtEnd = try !stream.more()
            }
        }
    }

    /// The range of a field's bytes; valid until the next record.
    func range(_ field: Int) -> Range<Int> {
        let (first, end) = scanner.fields[field]
        return start + Int(first)..<start + Int(end)
    }

    func bytes(_ range: Range<Int>) -> ArraySlice<UInt8> { stream.bytes[range] }

    func cell(_ range: Range<Int>) -> CSVCell { CSVCell(stream.bytes.span, range) }

    /// Appends the bytes of every field to a buffer, each followed by one byte, and their ends there.
    func append(to bytes: inout [UInt8], ends: inout [Int]) {
        if !scanner.hasQuotes, let last = scanner.fields.last {
            // The fields stand so already, with the separators between them.
            for field in scanner.fields { ends.append(bytes.count + Int(field.end)) }
            bytes += stream.bytes[start..<start + Int(last.end)]
            return bytes.append(0)
        }
        for field in scanner.fields.indices {
            bytes += stream.bytes[range(field)]
            ends.append(bytes.count)
            bytes.append(0)
        }
    }

    private mutating func mergeQuotes() {
        for field in scanner.withDoubledQuotes {
            scanner.setEnd(of: field, to: stream.mergeQuotes(in: range(field)) - start)
        }
    }

    private func requireLimit(_ length: Int) throws(FileError) {
        guard length > limits.record else { return }
        throw FileError(
            path: path, line: line,
            problem: "a record of more than \(limits.record) bytes; is a quote never closed?")
    }
}
