import RecurrentCharts

/// A picture on a page, below its title and legend and above a caption.
struct Figure {
    /// The room that a figure takes; its name is its class.
    enum Shape: String {
        /// One column of the grid.
        case column = ""
        /// The whole width.
        case wide
        /// One column, two rows high.
        case tall
    }

    /// Plain text.
    let title: String
    var shape = Shape.column
    var legend: [LegendEntry] = []
    /// Markup.
    let body: String
    /// Plain text; empty if there is none.
    let caption: String

    init(_ chart: LineChart, _ caption: String) {
        (title, legend, body, self.caption) = (chart.title, chart.legend, chart.inline, caption)
    }

    init(_ plane: ComplexPlane, _ caption: String) {
        (title, legend, body, self.caption) = (plane.title, plane.legend, plane.inline, caption)
        shape = .tall
    }

    init(_ title: String, shape: Shape = .wide, body: String, _ caption: String) {
        (self.title, self.shape, self.body, self.caption) = (title, shape, body, caption)
    }

    var html: String {
        let entries = legend.map { "<li>\($0.swatch)\(escaped($0.name))</li>" }.joined()
        return """
            <figure class="\(shape.rawValue)">
            <h3>\(escaped(title))</h3>
            \(legend.count < 2 ? "" : "<ul class=\"legend\">\(entries)</ul>")
            \(body)
            \(caption.isEmpty ? "" : "<figcaption>\(escaped(caption))</figcaption>")
            </figure>
            """
    }
}

/// Figures side by side, as many in a row as there is room for.
func grid(_ figures: [Figure]) -> String {
    figures.isEmpty ? "" : "<div class=\"grid\">\n\(figures.map(\.html).joined(separator: "\n"))\n</div>"
}
