/// Reads a table of separated values (RFC 4180) record by record; the file may be larger than memory.
///
/// Records end in LF, CRLF or CR; the last may lack it; a byte-order mark is skipped; quoted fields may hold
/// separators, line breaks and doubled quotes. Empty lines at the end are ignored. Every record has as many
/// fields as the first. The text is UTF-8 without NUL.
///
///     var reader = try CSVReader("prices.csv")
///     let price = try reader.index(of: "price")
///     while try reader.next() { sum += try reader.number(price) ?? 0 }
///
/// Cost: one pass; memory for a piece of the file (256 KB) and one record. Fields are parsed in place and on
/// demand: a field that is not asked for is skipped, and a number is parsed without making a string.
public struct CSVReader: ~Copyable, Sendable {
    let columns: CSVHeader
    /// The names in the first record; "1", "2" and so on if the file has no header.
    public var header: [String] { columns.names }
    /// The line on which the record begins, counted from 1.
    public private(set) var line = 0
    /// The name of the file in errors.
    public var path: String { records.path }

    private var records: CSVRecords
    /// True if the current record has been read but not yet delivered: the first one of a file without a header,
    /// or the one after empty lines.
    private var isWaiting: Bool
    /// Empty lines of a table of one column that are still to be delivered.
    private var emptyLines = 0
    private var isEmptyLine = false

    /// Opens a file, or standard input for "-", and reads the header.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - separator: a comma by default.
    ///   - hasHeader: true if the first record holds the columns' names.
    /// - Throws: `FileError` if the file cannot be read or is empty, or naming the line of the problem.
    public init(
        _ path: String, separator: CSVSeparator = .comma, hasHeader: Bool = true
    ) throws(FileError) {
        try self.init(TextStream(ByteStream(path)), separator: separator, hasHeader: hasHeader)
    }

    /// - Parameters:
    ///   - quotes: true if fields can be quoted; otherwise a quote is a character like any other.
    ///   - limits: by default 16 MB a record and a million columns.
    init(
        _ stream: consuming TextStream, separator: CSVSeparator, hasHeader: Bool, quotes: Bool = true,
        limits: CSVLimits = CSVLimits()
    ) throws(FileError) {
        var records = CSVRecords(stream, separator: separator, quotes: quotes, limits)
        repeat {
            guard try records.next() else {
                let expected = hasHeader ? "a header line and rows are" : "rows are"
                throw FileError(path: records.path, problem: "the file is empty; \(expected) expected")
            }
        } while records.isEmptyLine
        let count = records.fieldCount
        guard records.line == 1 else {
            throw FileError(path: records.path, line: 1, problem: "the first line is empty; remove it")
        }
        guard count <= limits.columns else {
            throw FileError(
                path: records.path, line: 1, problem: "\(count) columns; at most \(limits.columns) are read"
            )
        }
        let names = (0..<count).map {
            hasHeader ? String(decoding: records.bytes(records.range($0)), as: UTF8.self) : "\($0 + 1)"
        }
        columns = CSVHeader(names: names, isInFile: hasHeader, path: records.path, quotes: quotes)
        records.keepFields(count)
        isWaiting = !hasHeader
        self.records = records
    }

    /// Advances to the next record.
    ///
    /// - Returns: false if there is none.
    /// - Throws: `FileError` naming the line if the record differs from the first in its number of fields, has
    ///   more than 16 MB or misplaced quotes; for bytes that are not UTF-8 or are NUL; or if the file is
    ///   truncated while it is read. After an error the reader cannot be used any more.
    public mutating func next() throws(FileError) -> Bool {
        if emptyLines > 0 {
            emptyLines -= 1
            line += 1
            return true
        }
        isEmptyLine = false
        if !isWaiting {
            guard try records.next() else { return false }
            if records.isEmptyLine { return try deliverEmptyLines() }
        }
        isWaiting = false
        line = records.line
        guard records.fieldCount == columns.names.count else {
            throw columns.otherWidth(records.fieldCount, line: line)
        }
        return true
    }

    /// In a table of one column an empty line is an empty cell, unless only empty lines follow it.
    private mutating func deliverEmptyLines() throws(FileError) -> Bool {
        line = records.line
        emptyLines = -1
        repeat {
            emptyLines += 1
            guard try records.next() else {
                emptyLines = 0
                return false
            }
        } while records.isEmptyLine
        guard columns.names.count == 1 else { throw columns.otherWidth(1, line: line) }
        (isWaiting, isEmptyLine) = (true, true)
        return true
    }

    /// The index of a column among the fields.
    ///
    /// - Throws: `FileError` if there is no such column or more than one (the message lists those there are).
    public func index(of column: TableColumn) throws(FileError) -> Int { try columns.index(of: column) }

    /// The number in a field, or nil if its value is missing: an empty cell, "?", "NA" or "NaN", in any case.
    /// Blanks around it are ignored. The number equals `Double` of the text to the last bit.
    ///
    /// - Throws: `FileError` naming line and column if the field is anything but a finite decimal number.
    /// - Precondition: `next()` has returned true; `column` is in 0..<`header.count`.
    public func number(_ column: Int) throws(FileError) -> Double? {
        switch records.cell(range(column)) {
        case .number(let number): return number
        case .missing: return nil
        case .text: throw columns.notANumber(text(column), column: column, line: line)
        }
    }

    /// A field as text.
    ///
    /// - Precondition: as `number(_:)`.
    public func text(_ column: Int) -> String {
        String(decoding: records.bytes(range(column)), as: UTF8.self)
    }

    /// The range of a field's bytes.
    func range(_ column: Int) -> Range<Int> {
        require(
            column >= 0 && column < records.fieldCount,
            "there is no column \(column) of \(records.fieldCount)")
        return isEmptyLine ? 0..<0 : records.range(column)
    }

    /// Appends the bytes of every field to a buffer, each followed by one byte without meaning, and their ends
    /// there.
    func append(to bytes: inout [UInt8], ends: inout [Int]) {
        guard isEmptyLine else { return records.append(to: &bytes, ends: &ends) }
        ends.append(bytes.count)
        bytes.append(0)
    }
}
