/// A confusion matrix: the number of cases of each class that were predicted as each class. The colour of a cell
/// grows with its share of its row. The picture has a fixed size and does not shrink with the page, so that the
/// numbers stay legible.
package struct ConfusionChart: Sendable {
    package let title: String
    package let labels: [String]
    /// One row for each true class and one column for each predicted class; missing counts are 0.
    package let counts: [[Int]]

    /// The labels, cut to 14 characters.
    private let names: [String]
    /// True if the names of columns are vertical, because they are wider than a column.
    private let isUpright: Bool
    private let side: Double
    private let head = 34.0
    private let left: Double
    private let top: Double

    package init(_ title: String, labels: [String], counts: [[Int]]) {
        (self.title, self.labels, self.counts) = (title, labels, counts)
        names = labels.map { $0.count > 14 ? $0.prefix(13) + "…" : $0 }
        let longest = names.map(\.count).max() ?? 0
        let length = Double(longest) * Frame.characterWidth(.file)
        isUpright = longest > 3
        side = labels.count <= 4 ? 44 : labels.count <= 8 ? 36 : 30
        left = 30 + length
        top = head + (isUpright ? length + 8 : 22)
    }

    /// The picture as a file of its own.
    package var svg: String { drawn(.file) }

    /// The picture for a page that has `ChartStyle.css` and shows the title.
    package var inline: String { drawn(.page) }

    /// The least width of the picture in a page, in pixels.
    package var width: Double { max(left + Double(labels.count) * side + 6, 160) }

    package func count(_ row: Int, _ column: Int) -> Int {
        row < counts.count && column < counts[row].count ? max(counts[row][column], 0) : 0
    }

    private func drawn(_ medium: Medium) -> String {
        let size = PictureSize(width: width, height: top + Double(labels.count) * side + 6)
        let picture = Picture(title: title, size: size, medium: medium)
        let rows = labels.indices.flatMap { row in
            let sum = labels.indices.reduce(0.0) { $0 + Double(count(row, $1)) }
            return labels.indices.flatMap { cell(row, $0, of: sum) }
        }
        let frame = element(
            "rect",
            [
                "class": "grid", "x": short(left), "y": short(top), "stroke": ChartStyle.grid,
                "width": short(Double(labels.count) * side), "height": short(Double(labels.count) * side),
            ])
        let paper = medium == .file ? [text(title, x: 6, y: 16, "start", "strong")] : []
        return picture.svg(paper + [frame] + titles + rows, isScaled: false)
    }

    private var titles: [String] {
        let end = left + Double(labels.count) * side
        return [
            text("predicted →", x: end, y: head - 4, "end", ""),
            text("true ↓", x: 6, y: top - 8, "start", ""),
        ]
            + names.enumerated().flatMap { index, name in
                let middle = (Double(index) + 0.5) * side
                return [
                    text(name, x: left - 8, y: top + middle + 4, "end", "strong"),
                    isUpright
                        ? text(name, x: left + middle + 4, y: top - 6, "start", "strong", turned: true)
                        : text(name, x: left + middle, y: top - 7, "middle", "strong"),
                ]
            }
    }

    private func cell(_ row: Int, _ column: Int, of sum: Double) -> [String] {
        let number = count(row, column)
        guard number > 0 else { return [] }
        let share = Double(number) / sum
        let (x, y) = (left + Double(column) * side, top + Double(row) * side)
        let ink = row == column ? Ink.blue : .orange
        let words =
            "\(labels[row]) taken for \(labels[column]): \(number) (\(Int((share * 100).rounded())) %)"
        return [
            element(
                "rect",
                [
                    "class": "area \(ink.rawValue)", "x": short(x + 1), "y": short(y + 1),
                    "width": short(side - 2), "height": short(side - 2), "rx": "3", "fill": ink.colour,
                    "fill-opacity": short(0.15 + 0.85 * share.squareRoot()),
                ], element("title", [:], escaped(words))),
            text(
                Self.compact(number), x: x + side / 2, y: y + side / 2 + 4, "middle",
                share > 0.5 ? "inverse" : "strong"),
        ]
    }

    /// A number in at most four characters, with k for thousands and M for millions.
    static func compact(_ number: Int) -> String {
        switch number {
        case ..<1000: "\(number)"
        case ..<10_000: "\(number / 1000).\(number % 1000 / 100)k"
        case ..<1_000_000: "\(number / 1000)k"
        case ..<1_000_000_000: "\(number / 1_000_000)M"
        default: "≫"
        }
    }

    private func text(
        _ text: String, x: Double, y: Double, _ anchor: String, _ name: String, turned: Bool = false
    ) -> String {
        let colour = name == "strong" ? ChartStyle.text : name == "inverse" ? "#ffffff" : ChartStyle.mutedText
        return element(
            "text",
            [
                "class": name, "x": short(x), "y": short(y), "text-anchor": anchor, "fill": colour,
                "transform": turned ? "rotate(-90 \(short(x)) \(short(y)))" : nil,
            ], escaped(text))
    }
}
