import RecurrentCharts

/// A picture in the page: what it shows, the picture, and a sentence for those who learn.
struct Figure {
    enum Shape: String {
        case column = ""
        case wide
        case tall
    }

    let title: String
    var shape = Shape.column
    var legend: [LegendEntry] = []
    /// Markup.
    let body: String
    /// Markup.
    let caption: String

    init(_ chart: LineChart, _ caption: String) {
        (title, legend, body, self.caption) = (chart.title, chart.legend, chart.inline, escaped(caption))
    }

    init(_ plane: ComplexPlane, _ caption: String) {
        (title, legend, body, self.caption) = (plane.title, plane.legend, plane.inline, escaped(caption))
        shape = .tall
    }

    init(_ title: String, shape: Shape = .wide, body: String, _ caption: String) {
        (self.title, self.shape, self.body, self.caption) = (title, shape, body, escaped(caption))
    }

    var html: String {
        let entries = legend.map { "<li>\($0.swatch)\(escaped($0.name))</li>" }.joined()
        return """
            <figure class="\(shape.rawValue)">
            <h3>\(escaped(title))</h3>
            \(legend.count < 2 ? "" : "<ul class=\"legend\">\(entries)</ul>")
            \(body)
            \(caption.isEmpty ? "" : "<figcaption>\(caption)</figcaption>")
            </figure>
            """
    }
}

/// A part of the page; nothing where it has no content.
func section(_ id: String, _ title: String, _ introduction: String = "", _ content: [String]) -> String {
    guard content.contains(where: { !$0.isEmpty }) else { return "" }
    let lead = introduction.isEmpty ? "" : "<p class=\"introduction\">\(escaped(introduction))</p>\n"
    return """
        <section id="\(id)">
        <h2>\(escaped(title))</h2>
        \(lead)\(content.filter { !$0.isEmpty }.joined(separator: "\n"))
        </section>
        """
}

func grid(_ figures: [Figure]) -> String {
    figures.isEmpty ? "" : "<div class=\"grid\">\n\(figures.map(\.html).joined(separator: "\n"))\n</div>"
}

extension Table {
    /// The table in a box that can be moved sideways where the page is narrow.
    ///
    /// - Parameter strong: The row that matters most.
    func html(_ caption: String, strong: Int? = nil) -> String {
        let numeric = header.indices.map { column in
            rows.contains { column < $0.count && $0[column].number != nil }
        }
        let head = zip(header, numeric).map {
            "<th scope=\"col\"\($1 ? " class=\"n\"" : "")>\(escaped($0))</th>"
        }
        let body = rows.enumerated().map { index, row in
            let cells = row.map { "<td\($0.number == nil ? "" : " class=\"n\"")>\(escaped($0.text))</td>" }
            return "<tr\(index == strong ? " class=\"strong\"" : "")>\(cells.joined())</tr>"
        }
        return """
            <div class="scroll"><table>
            <caption>\(escaped(caption))</caption>
            <thead><tr>\(head.joined())</tr></thead>
            <tbody>
            \(body.joined(separator: "\n"))
            </tbody>
            </table></div>
            """
    }
}
