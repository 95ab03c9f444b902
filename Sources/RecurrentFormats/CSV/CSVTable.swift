import Foundation

/// A table of separated values (RFC 4180) in memory. `CSVReader` documents the format, and reads tables that are
/// larger than memory.
///
/// Memory: the bytes of the fields and eight more for each.
public struct CSVTable: Sendable {
    /// The names in the header line; "1", "2" and so on if the file has no header.
    public var header: [String] { columns.names }
    /// The number of rows below the header.
    public let count: Int

    private let columns: CSVHeader
    /// The fields row by row with one byte between them, and the end of each.
    private let bytes: [UInt8]
    private let ends: [Int]
    /// The first row, and every row that does not begin on the line after the row before it; with their lines.
    private let lines: [(row: Int, line: Int)]

    /// Reads a whole file, or standard input for "-".
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - separator: a comma by default.
    ///   - hasHeader: true if the first record holds the columns' names.
    /// - Throws: `FileError` naming file and line.
    public init(
        contentsOf path: String, separator: CSVSeparator = .comma, hasHeader: Bool = true
    ) throws(FileError) {
        try self.init(CSVReader(path, separator: separator, hasHeader: hasHeader))
    }

    /// Reads the bytes of a file; `path` is its name in errors.
    ///
    /// - Throws: `FileError` naming the line.
    public init(
        _ data: Data, path: String, separator: CSVSeparator = .comma, hasHeader: Bool = true
    ) throws(FileError) {
        let stream = TextStream(ByteStream(Array(data), path: path))
        try self.init(CSVReader(stream, separator: separator, hasHeader: hasHeader))
    }

    /// All remaining records of a reader.
    init(_ reader: consuming CSVReader) throws(FileError) {
        var (bytes, ends, lines): ([UInt8], [Int], [(row: Int, line: Int)]) = ([], [], [])
        var (count, expected) = (0, 0)
        while try reader.next() {
            if reader.line != expected { lines.append((count, reader.line)) }
            reader.append(to: &bytes, ends: &ends)
            (count, expected) = (count + 1, reader.line + 1)
        }
        columns = reader.columns
        (self.bytes, self.ends, self.lines, self.count) = (bytes, ends, lines, count)
    }

    /// A column of numbers.
    ///
    /// - Parameters:
    ///   - column: its name.
    ///   - missing: the treatment of empty cells, "?", "NA" and "NaN"; by default they are errors.
    /// - Throws: `FileError` if there is no such column or more than one (the message lists the columns), or
    ///   naming the line of a cell that is not a finite number, or is missing and cannot be filled in.
    public func numbers(
        in column: String, missing: MissingValues = .refuse
    ) throws(FileError) -> [Double] {
        try numbers(inColumn: try columns.index(of: .name(column)), missing)
    }

    /// Several columns of numbers: for each row their values in the order of `columns`.
    ///
    /// - Throws: as `numbers(in:missing:)` of one column.
    public func numbers(
        in columns: [String], missing: MissingValues = .refuse
    ) throws(FileError) -> [[Double]] {
        var series: [[Double]] = []
        for column in columns { series.append(try numbers(in: column, missing: missing)) }
        return (0..<count).map { row in series.map { $0[row] } }
    }

    /// A column of texts.
    ///
    /// - Throws: `FileError` if there is no such column or more than one.
    public func texts(in column: String) throws(FileError) -> [String] {
        let index = try columns.index(of: .name(column))
        return (0..<count).map { text($0, index) }
    }

    /// A column of dates at equal steps.
    ///
    /// - Throws: `FileError` if there is no such column or more than one, or naming the line of a date that
    ///   cannot be read, has another form than the first, or does not follow the one before it by one step.
    public func dates(in column: String) throws(FileError) -> DateColumn {
        let texts = try texts(in: column)
        do throws(DateError) {
            return try DateColumn(texts)
        } catch {
            throw FileError(
                path: columns.path, line: error.row.map(line(ofRow:)),
                problem: "column '\(column)': \(error.problem)")
        }
    }

    /// - Throws: `FileError` if the first line holds only numbers and so seems to be no header.
    public func requireHeader() throws(FileError) { try columns.requireHeader() }

    /// The line on which a row begins, counted from 1; rows are counted from 0.
    ///
    /// - Precondition: `row` is in 0..<`count`.
    public func line(ofRow row: Int) -> Int {
        require(0..<count ~= row, "there is no row \(row) of \(count)")
        let known = lines.last { $0.row <= row } ?? (0, 1)
        return known.line + row - known.row
    }

    private func numbers(inColumn column: Int, _ missing: MissingValues) throws(FileError) -> [Double] {
        var numbers = [Double](repeating: 0, count: count)
        var gaps: [Int] = []
        for row in 0..<count {
            switch CSVCell(bytes.span, range(row, column)) {
            case .number(let number): numbers[row] = number
            case .missing where missing != .refuse: gaps.append(row)
            case .missing, .text:
                throw columns.notANumber(text(row, column), column: column, line: line(ofRow: row))
            }
        }
        if let row = missing.fill(gaps, in: &numbers) {
            throw columns.noValueToTake(column: column, line: line(ofRow: row))
        }
        return numbers
    }

    private func range(_ row: Int, _ column: Int) -> Range<Int> {
        let field = row * header.count + column
        return (field == 0 ? 0 : ends[field - 1] + 1)..<ends[field]
    }

    private func text(_ row: Int, _ column: Int) -> String {
        String(decoding: bytes[range(row, column)], as: UTF8.self)
    }
}
