import Foundation

/// Columns of text, the first ones left-aligned and the others right-aligned.
struct TextTable: CustomStringConvertible {
    private var rows: [[String]]
    private let leftAligned: Int

    /// - Parameter leftAligned: how many columns are; 1 by default.
    init(_ header: [String], leftAligned: Int = 1) {
        rows = [header]
        self.leftAligned = leftAligned
    }

    mutating func add(_ row: [String]) { rows.append(row) }

    var description: String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            let cells = row.enumerated().map { column, text in
                let padding = String(repeating: " ", count: widths[column] - text.count)
                return column < leftAligned ? text + padding : padding + text
            }
            return "  " + cells.joined(separator: "   ")
        }.joined(separator: "\n")
    }
}

/// A number in the form 1.2e-13.
func scientific(_ value: Double) -> String { String(format: "%.1e", value) }

/// A number with `decimals` digits behind the point.
func fixed(_ value: Double, _ decimals: Int) -> String { String(format: "%.\(decimals)f", value) }
