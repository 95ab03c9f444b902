import ArgumentParser
import Foundation

/// How a command prints what it found.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    /// Columns of text for people.
    case table
    /// An array of objects, a key a column; numbers with all their digits.
    case json
    /// A header line and a line a row, as RFC 4180 has it; numbers with all their digits.
    case csv
}

/// The option `--format`, the same for all commands that print a table.
struct FormatOptions: ParsableArguments {
    @Option(help: "How to print results: table, json or csv.")
    var format = OutputFormat.table

    /// Prints a table in that format; `before` and `after` stand around it when people read it, and nowhere else.
    func print(_ table: Table, before: String? = nil, after: String? = nil) throws {
        let isForPeople = format == .table
        try printResult((isForPeople ? before.map { $0 + "\n\n" } ?? "" : "") + table.text(format) + "\n")
        if isForPeople, let after { try printResult("\n\(after)\n") }
    }
}

/// Writes to standard output.
///
/// - Throws: `CommandFailure` if that is not possible: results that are lost must not look like success.
func printResult(_ text: String) throws {
    do {
        try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
        throw CommandFailure("standard output cannot be written to; is the disk full?")
    }
}

/// One cell: what people see, and the number behind it.
struct Cell: ExpressibleByStringInterpolation {
    let text: String
    let number: Double?

    init(_ text: String) { (self.text, number) = (text, nil) }
    init(stringLiteral text: String) { self.init(text) }

    /// A number shown with so many digits behind the point.
    init(_ number: Double, decimals: Int) {
        (text, self.number) = (fixed(number, decimals), number)
    }

    init(_ number: Int) { (text, self.number) = ("\(number)", Double(number)) }

    /// A number that is shown in words of its own.
    init(_ number: Double, as text: String) { (self.text, self.number) = (text, number) }
}

/// Results in rows and columns.
struct Table {
    let header: [String]
    private(set) var rows: [[Cell]] = []
    private let leftAligned: Int
    private let shownOnce: Set<String>

    /// - Parameters:
    ///   - leftAligned: how many columns are aligned left, where people read them; the others right.
    ///   - shownOnce: columns that people see only in the first of the rows that agree in all of them.
    init(_ header: [String], leftAligned: Int = 1, shownOnce: Set<String> = []) {
        self.header = Self.distinct(header)
        self.leftAligned = leftAligned
        self.shownOnce = shownOnce
    }

    /// The names, those that were there before with a number: they may be people's own, and are keys in JSON.
    private static func distinct(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.map { name in
            var (distinct, number) = (name, 2)
            while !seen.insert(distinct).inserted {
                distinct = "\(name) (\(number))"
                number += 1
            }
            return distinct
        }
    }

    mutating func add(_ row: [Cell]) { rows.append(row) }

    func text(_ format: OutputFormat) -> String {
        switch format {
        case .table: aligned
        case .json: json
        case .csv: csv
        }
    }

    private var aligned: String {
        let lines = ([header] + shownRows).map { $0.map(\.printable) }
        let columns = lines.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            lines.compactMap { column < $0.count ? $0[column].count : nil }.max()!
        }
        return lines.map { line in
            let cells = line.enumerated().map { column, text in
                let padding = String(repeating: " ", count: widths[column] - text.count)
                return column < leftAligned ? text + padding : padding + text
            }
            let joined = "  " + cells.joined(separator: "   ")
            return String(joined.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }

    private var shownRows: [[String]] {
        let groups = rows.map { row in
            zip(header, row).map { shownOnce.contains($0) ? $1.text : "" }
        }
        return rows.indices.map { index in
            let repeats = index > 0 && groups[index] == groups[index - 1]
            return zip(header, rows[index]).map { repeats && shownOnce.contains($0) ? "" : $1.text }
        }
    }

    private var csv: String {
        let lines = [header] + rows.map { $0.map(Self.exact) }
        return lines.map { $0.map(Self.quoted).joined(separator: ",") }.joined(separator: "\n")
    }

    private var json: String {
        let objects = rows.map { row in
            let members = zip(header, row).map { name, cell in
                return "\(Self.string(name)): \(Self.value(cell))"
            }
            return "  {" + members.joined(separator: ", ") + "}"
        }
        return "[\n" + objects.joined(separator: ",\n") + "\n]"
    }

    /// A cell without anything in it is null, and so is a number that JSON cannot hold.
    private static func value(_ cell: Cell) -> String {
        guard let number = cell.number else { return cell.text.isEmpty ? "null" : string(cell.text) }
        return number.isFinite ? exact(cell) : "null"
    }

    /// All digits of a number; whole numbers without a point.
    private static func exact(_ cell: Cell) -> String {
        guard let number = cell.number else { return cell.text }
        return Int(exactly: number).map(String.init) ?? "\(number)"
    }

    /// By scalars: as characters a comma with an accent is no comma, and CR LF is neither CR nor LF.
    private static func quoted(_ field: String) -> String {
        guard field.unicodeScalars.contains(where: { [",", "\"", "\r", "\n"].contains($0) }) else {
            return field
        }
        let parts = field.unicodeScalars.split(separator: "\"", omittingEmptySubsequences: false)
        return "\"" + parts.map { String($0) }.joined(separator: "\"\"") + "\""
    }

    private static func string(_ text: String) -> String {
        let options: JSONSerialization.WritingOptions = [.fragmentsAllowed, .withoutEscapingSlashes]
        let data = try? JSONSerialization.data(withJSONObject: text, options: options)
        return String(decoding: data ?? Data("\"\"".utf8), as: UTF8.self)
    }
}

/// A number in the form 1.2e-13.
func scientific(_ value: Double) -> String { String(format: "%.1e", value) }

/// A number with `decimals` digits behind the point.
func fixed(_ value: Double, _ decimals: Int) -> String { String(format: "%.\(decimals)f", value) }
