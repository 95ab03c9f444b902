import RecurrentCharts

/// A table of a page, in a box that scrolls sideways.
struct HTMLTable {
    struct Cell {
        /// Markup.
        let content: String
        /// True if the cell is aligned right and never broken into lines.
        let isNumber: Bool
    }

    /// Markup above the table; empty if there is none.
    var caption = ""
    let header: [Cell]
    let rows: [[Cell]]
    /// The index of the row that is emphasised.
    var strong: Int?

    var html: String {
        let caption = caption.isEmpty ? "" : "<caption>\(caption)</caption>\n"
        let head = header.map { "<th scope=\"col\"\(Self.alignment($0))>\($0.content)</th>" }
        let body = rows.enumerated().map { index, row in
            let cells = row.map { "<td\(Self.alignment($0))>\($0.content)</td>" }
            return "<tr\(index == strong ? " class=\"strong\"" : "")>\(cells.joined())</tr>"
        }
        return scrolling(
            """
            <table>
            \(caption)<thead><tr>\(head.joined())</tr></thead>
            <tbody>
            \(body.joined(separator: "\n"))
            </tbody>
            </table>
            """)
    }

    private static func alignment(_ cell: Cell) -> String { cell.isNumber ? " class=\"n\"" : "" }
}

extension Table {
    /// The table on a page.
    ///
    /// - Parameters:
    ///   - caption: plain text above it.
    ///   - strong: the index of the row that is emphasised.
    func html(_ caption: String, strong: Int? = nil) -> String {
        let head = header.enumerated().map { column, name in
            HTMLTable.Cell(
                content: escaped(name),
                isNumber: rows.contains { column < $0.count && $0[column].number != nil })
        }
        let body = rows.map { row in
            row.map { HTMLTable.Cell(content: escaped($0.text), isNumber: $0.number != nil) }
        }
        return HTMLTable(caption: escaped(caption), header: head, rows: body, strong: strong).html
    }
}
