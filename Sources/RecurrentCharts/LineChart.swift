/// Lines over common axes. Whatever the values are, the picture is one: values that are not finite interrupt
/// a line and are marked above, and values that are not positive stand at the foot of a logarithmic axis.
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

    /// A line across the picture at a value.
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
        /// Stands at the x axis; what y is, the title says.
        package var name = ""
        package var kind = Scale.Kind.linear
        /// Whether a linear axis begins at zero, or ends there if all is below.
        package var includesZero = false
        /// Instead of round numbers, on the x axis.
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

    /// For a file of its own.
    package var svg: String { drawn(.file) }

    /// To stand in a page that has `ChartStyle.css` and shows title and legend.
    package var inline: String { drawn(.page) }

    /// What is drawn, each name once.
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
