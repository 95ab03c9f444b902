/// An entry of a legend.
package struct LegendEntry: Sendable {
    package enum Kind: String, Sendable { case line, faint, dashed, area, dots, crosses }

    package let name: String
    package let ink: Ink
    package let kind: Kind

    /// A sample of the marks that the entry stands for, 22 wide and centred on the height y.
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

    /// The sample as a picture of its own, for the legend of a page.
    package var swatch: String {
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"swatch\" viewBox=\"0 0 22 12\" width=\"22\" height=\"12\" aria-hidden=\"true\" fill=\"none\">\(sample(x: 0, y: 6))</svg>"
    }
}
