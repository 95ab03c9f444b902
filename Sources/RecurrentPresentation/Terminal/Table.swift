import Foundation

/// Results in rows and columns.
package struct Table {
    let header: [String]
    package private(set) var rows: [[Cell]] = []
    private let leftAligned: Int
    private let shownOnce: Set<String>

    /// - Parameters:
    ///   - leftAligned: the number of columns that are aligned left in a table for people; the rest are aligned right.
    ///   - shownOnce: columns left blank for people in a row that repeats the row above in all of them.
    package init(_ header: [String], leftAligned: Int = 1, shownOnce: Set<String> = []) {
        self.header = Self.distinct(header)
        self.leftAligned = leftAligned
        self.shownOnce = shownOnce
    }

    /// The names, with a number after each repeated one: they may come from a user's file, and are keys in JSON.
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

    package mutating func add(_ row: [Cell]) { rows.append(row) }

    package func text(_ format: OutputFormat) -> String {
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

    /// An empty cell is null, and so is a number that JSON cannot hold.
    private static func value(_ cell: Cell) -> String {
        guard let number = cell.number else { return cell.text.isEmpty ? "null" : string(cell.text) }
        return number.isFinite ? exact(cell) : "null"
    }

    /// All digits of a number; whole numbers without a decimal point.
    private static func exact(_ cell: Cell) -> String {
        guard let number = cell.number else { return cell.text }
        return Int(exactly: number).map(String.init) ?? "\(number)"
    }

    /// Compares Unicode scalars: as a `Character`, a comma with an accent is no comma, and CR LF is neither CR nor LF.
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
