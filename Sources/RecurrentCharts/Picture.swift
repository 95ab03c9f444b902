/// What all pictures have in common: a frame of tags around the drawing, and in a file title and legend.
struct Picture {
    let title: String
    let size: PictureSize
    let medium: Medium

    /// - Parameter isScaled: Whether the picture gets larger and smaller with the page.
    func svg(_ drawing: [String], isScaled: Bool = true) -> String {
        let isFile = medium == .file
        let paper = isFile ? ["<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>"] : []
        let font = isFile ? " font-family=\"system-ui, sans-serif\" font-size=\"12\"" : ""
        let head =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\(isScaled ? " scaled" : "")\" viewBox=\"0 0 \(short(size.width)) \(short(size.height))\" role=\"img\" fill=\"none\"\(font)>"
        let lines = [head, element("title", [:], escaped(title))] + paper + drawing + ["</svg>"]
        return lines.joined(separator: "\n") + (isFile ? "\n" : "")
    }

    /// Title and legend at the top of a file, and how high they are.
    func head(_ legend: [LegendEntry]) -> (drawing: [String], height: Double) {
        guard medium == .file else { return ([], 0) }
        let width = Frame.characterWidth(.file)
        var drawing = [
            element(
                "text",
                ["x": "14", "y": "24", "font-size": "15", "fill": ChartStyle.text, "class": "strong"],
                escaped(title))
        ]
        var (x, y) = (14.0, 46.0)
        for entry in legend {
            let length = 30 + Double(entry.name.count) * width
            if x + length > size.width - 14, x > 14 { (x, y) = (14, y + 18) }
            drawing.append(entry.sample(x: x, y: y - 4))
            drawing.append(
                element(
                    "text", ["x": short(x + 28), "y": short(y), "fill": ChartStyle.text, "class": "strong"],
                    escaped(entry.name)))
            x += length + 16
        }
        return (drawing, legend.isEmpty ? 30 : y + 6)
    }
}

/// A line of a legend.
package struct LegendEntry: Sendable {
    package enum Kind: String, Sendable { case line, faint, dashed, area, dots, crosses }

    package let name: String
    package let ink: Ink
    package let kind: Kind

    /// A piece of what the entry stands for, 22 wide, around this height.
    func sample(x: Double, y: Double) -> String {
        switch kind {
        case .area:
            element(
                "path",
                [
                    "class": "area \(ink.rawValue)",
                    "d": "M\(short(x)) \(short(y - 5))h22v10h-22z", "fill": ink.colour, "fill-opacity": ".18",
                ])
        case .dots:
            element(
                "path",
                [
                    "class": "dots \(ink.rawValue)", "d": "M\(short(x + 11)) \(short(y))h0",
                    "stroke": ink.colour, "stroke-width": "7", "stroke-linecap": "round",
                ])
        case .crosses:
            element(
                "path",
                [
                    "class": "line \(ink.rawValue)",
                    "d": "M\(short(x + 8)) \(short(y - 3))l6 6m-6 0l6-6", "stroke": ink.colour,
                    "stroke-width": "1.6",
                ])
        case .line, .faint, .dashed:
            element(
                "path",
                [
                    "class": "line \(ink.rawValue)", "d": "M\(short(x)) \(short(y))h22",
                    "stroke": ink.colour, "stroke-width": "2.5",
                    "stroke-opacity": kind == .faint ? ".4" : nil,
                    "stroke-dasharray": kind == .dashed ? "5 3" : nil,
                ])
        }
    }

    /// The same as a picture of its own, for the legend of a page.
    package var swatch: String {
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"swatch\" viewBox=\"0 0 22 12\" width=\"22\" height=\"12\" aria-hidden=\"true\" fill=\"none\">\(sample(x: 0, y: 6))</svg>"
    }
}
