/// The parts that all pictures have: the tags around the drawing and, in a file, title and legend.
package struct Picture {
    let title: String
    let size: PictureSize
    let medium: Medium

    package init(title: String, size: PictureSize, medium: Medium) {
        (self.title, self.size, self.medium) = (title, size, medium)
    }

    /// The picture around the elements of `drawing`.
    ///
    /// - Parameter isScaled: True if the picture grows and shrinks with the page.
    package func svg(_ drawing: [String], isScaled: Bool = true) -> String {
        let isFile = medium == .file
        let paper = isFile ? ["<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>"] : []
        let font = isFile ? " font-family=\"system-ui, sans-serif\" font-size=\"12\"" : ""
        let head =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\(isScaled ? " scaled" : "")\" viewBox=\"0 0 \(short(size.width)) \(short(size.height))\" role=\"img\" fill=\"none\"\(font)>"
        let lines = [head, element("title", [:], escaped(title))] + paper + drawing + ["</svg>"]
        return lines.joined(separator: "\n") + (isFile ? "\n" : "")
    }

    /// The title and legend at the top of a file, and their height.
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
