import Foundation

/// A table of comma-separated values with a header line, as RFC 4180 has it.
///
/// Records end in LF, CRLF or CR; the last may lack it; a byte-order mark is skipped; quoted fields
/// may hold commas, line breaks and doubled quotes. Empty lines at the end are ignored.
public struct CSVTable: Sendable {
    /// The names in the header line.
    public let header: [String]
    private let rows: [Record]
    private let path: String

    /// The number of rows below the header.
    public var count: Int { rows.count }

    /// Reads a whole file.
    ///
    /// - Throws: `FileError` naming file and line.
    public init(contentsOf path: String) throws(FileError) {
        try self.init(try FileError.read(path), path: path)
    }

    /// Reads a file's bytes; `path` is what errors call it.
    ///
    /// - Throws: `FileError` naming the line.
    public init(_ data: Data, path: String) throws(FileError) {
        var records = try CSVParser(data, path: path).records()
        while let last = records.last, last.fields == [""] { records.removeLast() }
        guard let first = records.first else {
            throw FileError(path: path, problem: "the file is empty; a header line and rows are expected")
        }
        for record in records where record.fields.count != first.fields.count {
            throw FileError(
                path: path, line: record.line,
                problem:
                    "\(record.fields.count) fields where the header has \(first.fields.count); quote fields that hold commas"
            )
        }
        self.path = path
        header = first.fields
        rows = Array(records.dropFirst())
    }

    /// A column of numbers.
    ///
    /// - Throws: `FileError` if there is no such column or more than one (the message lists those
    ///   there are), or naming the line of a cell that is empty or not a finite number.
    public func numbers(in column: String) throws(FileError) -> [Double] {
        let index = try self.index(of: column)
        var numbers: [Double] = []
        for row in rows {
            let field = row.fields[index]
            guard let number = Self.number(field) else {
                let found = field.isEmpty ? "an empty cell" : "'\(field)'"
                throw FileError(
                    path: path, line: row.line,
                    problem:
                        "\(found) in column '\(column)' where a number is expected; fill it in or remove the row"
                )
            }
            numbers.append(number)
        }
        return numbers
    }

    /// A column of texts.
    ///
    /// - Throws: `FileError` if there is no such column or more than one.
    public func texts(in column: String) throws(FileError) -> [String] {
        let index = try self.index(of: column)
        return rows.map { $0.fields[index] }
    }

    /// - Throws: `FileError` if the first line holds numbers only, so that there seems to be no header.
    public func requireHeader() throws(FileError) {
        guard header.allSatisfy({ Self.number($0) != nil }) else { return }
        throw FileError(
            path: path, line: 1,
            problem: "there is no header: the first line holds numbers only; put the columns' names above")
    }

    private func index(of column: String) throws(FileError) -> Int {
        let matches = header.indices.filter { header[$0] == column }
        if matches.isEmpty { try requireHeader() }
        guard matches.count == 1 else {
            let known = header.map { "'\($0)'" }.joined(separator: ", ")
            throw FileError(
                path: path, line: 1,
                problem: "\(matches.isEmpty ? "no" : "more than one") column '\(column)'; there are \(known)")
        }
        return matches[0]
    }

    private static func number(_ field: String) -> Double? {
        let trimmed = field.trimmingCharacters(in: .whitespaces)
        // Swift would read hexadecimal too, which no spreadsheet means.
        guard trimmed.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else { return nil }
        guard let number = Double(trimmed), number.isFinite else { return nil }
        return number
    }
}

/// One record and the line on which it begins, counted from 1.
private struct Record: Sendable {
    var fields: [String]
    let line: Int
}

/// Splits bytes into records.
private struct CSVParser {
    private let bytes: [UInt8]
    private let path: String

    init(_ data: Data, path: String) throws(FileError) {
        self.path = path
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        bytes = Array(data.starts(with: mark) ? data.dropFirst(3) : data)
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw FileError(path: path, problem: "the file is not UTF-8 text; save it as UTF-8")
        }
    }

    func records() throws(FileError) -> [Record] {
        let (comma, quote, cr, lf) = (
            UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n")
        )
        var records: [Record] = []
        var record = Record(fields: [], line: 1)
        var field: [UInt8] = []
        var line = 1
        var position = 0

        func finishField() {
            record.fields.append(String(decoding: field, as: UTF8.self))
            field = []
        }
        func finishRecord() {
            finishField()
            records.append(record)
            line += 1
            record = Record(fields: [], line: line)
        }

        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case comma: finishField()
            case cr, lf:
                if byte == cr, position < bytes.count, bytes[position] == lf { position += 1 }
                finishRecord()
            case quote:
                guard field.isEmpty else {
                    throw FileError(
                        path: path, line: line,
                        problem:
                            "a quote inside a field that does not begin with one; double it and quote the field"
                    )
                }
                (field, position) = try quoted(from: position, line: &line)
            default: field.append(byte)
            }
        }
        if !field.isEmpty || !record.fields.isEmpty { finishRecord() }
        return records
    }

    /// The text of a quoted field whose opening quote stands before `start`, and where it ends.
    private func quoted(from start: Int, line: inout Int) throws(FileError) -> ([UInt8], Int) {
        let quote = UInt8(ascii: "\"")
        let opened = line
        var field: [UInt8] = []
        var position = start
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            let endsCRLF = byte == UInt8(ascii: "\n") && bytes[position - 2] == UInt8(ascii: "\r")
            if (byte == UInt8(ascii: "\n") && !endsCRLF) || byte == UInt8(ascii: "\r") { line += 1 }
            guard byte == quote else {
                field.append(byte)
                continue
            }
            if position < bytes.count, bytes[position] == quote {
                field.append(quote)
                position += 1
                continue
            }
            guard position == bytes.count || [UInt8(ascii: ","), 13, 10].contains(bytes[position]) else {
                throw FileError(
                    path: path, line: line,
                    problem: "text after a closing quote; double the quotes inside a quoted field")
            }
            return (field, position)
        }
        throw FileError(path: path, line: opened, problem: "a quote that is never closed")
    }
}
