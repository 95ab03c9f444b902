/// Lines with common axes. All values give a valid picture: those that are not finite interrupt a line and are
/// marked at the top, and those that are not positive are drawn at the bottom of a logarithmic axis.
package struct LineChart: Sendable {
    package struct Line: Sendable {
        package enum Style: Sendable { case plain, faint, marked }

        package let name: String
        package let ink: Ink
        package let style: Style
        package let points: [Point]

        package init(_ name: String, _ ink: Ink, _ points: [Point], style: Style = .plain) {
            (self.name, self.ink, self.style, self.points) = (name, ink, style, points)
        }
    }

    /// A straight line across the picture at a value.
    package struct Reference: Sendable {
        package let name: String
        package let value: Double
        package let isVertical: Bool

        package init(_ name: String, at value: Double, isVertical: Bool = false) {
            (self.name, self.value, self.isVertical) = (name, value, isVertical)
        }
    }

    /// An interval around a line.
    package struct Band: Sendable {
        package let name: String
        package let ink: Ink
        package let edges: [(x: Double, lower: Double, upper: Double)]

        package init(_ name: String, _ ink: Ink, _ edges: [(x: Double, lower: Double, upper: Double)]) {
            (self.name, self.ink, self.edges) = (name, ink, edges)
        }
    }

    package struct Axis: Sendable {
        /// The name of the x axis. The y axis has none: the title says what it shows.
        package var name = ""
        package var kind = Scale.Kind.linear
        /// True if a linear axis begins at zero, or ends there if all values are negative.
        package var includesZero = false
        /// The ticks of the x axis, or nil for round numbers.
        package var ticks: [Tick]?
    }

    package let title: String
    package var size: PictureSize
    package var x = Axis()
    package var y = Axis()
    package var lines: [Line] = []
    package var references: [Reference] = []
    package var band: Band?

    package init(_ title: String, size: PictureSize = .column) { (self.title, self.size) = (title, size) }

    /// The picture as a file of its own.
    package var svg: String { drawn(.file) }

    /// The picture for a page that has `ChartStyle.css` and shows title and legend.
    package var inline: String { drawn(.page) }

    /// The entries of the legend, each name once.
    package var legend: [LegendEntry] {
        var names: Set<String> = [""]
        let ofLines = lines.filter { names.insert($0.name).inserted }.map {
            LegendEntry(name: $0.name, ink: $0.ink, kind: $0.style == .faint ? .faint : .line)
        }
        let lost = lines.first { $0.points.contains { abs($0.y) >= Scale.largest || $0.y.isNaN } }
        return ofLines + (band.map { [LegendEntry(name: $0.name, ink: $0.ink, kind: .area)] } ?? [])
            + references.map { LegendEntry(name: $0.name, ink: .grey, kind: .dashed) }
            + (lost.map { [LegendEntry(name: "not a finite number", ink: $0.ink, kind: .crosses)] } ?? [])
    }
}
