import RecurrentCharts

/// The shapes of a diagram: boxes, arrows and letters with indices, in the inks of the charts.
struct SVGCanvas {
    /// The colour of a text.
    enum TextColour {
        case strong
        case muted
        case ink(Ink)
    }

    private(set) var shapes: [String] = []

    /// A box with round corners: an outline, and a pale filling of the same ink.
    mutating func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ ink: Ink) {
        shapes.append(
            element(
                "rect",
                [
                    "class": "box area line \(ink.rawValue)", "x": short(x), "y": short(y),
                    "width": short(width), "height": short(height), "rx": "9", "fill": ink.colour,
                    "fill-opacity": ".1", "stroke": ink.colour, "stroke-width": "1.8",
                ]))
    }

    /// A bar between two heights, centred at `x`.
    mutating func bar(_ x: Double, from y1: Double, to y2: Double, width: Double, _ ink: Ink) {
        shapes.append(
            element(
                "rect",
                [
                    "class": "area \(ink.rawValue)", "x": short(x - width / 2), "y": short(min(y1, y2)),
                    "width": short(width), "height": short(abs(y2 - y1)), "fill": ink.colour,
                ]))
    }

    /// A thin horizontal line.
    mutating func axis(from x1: Double, to x2: Double, y: Double) {
        shapes.append(
            element(
                "path",
                ["class": "axis", "d": "M\(short(x1)) \(short(y))H\(short(x2))", "stroke": ChartStyle.axis]))
    }

    mutating func arrow(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, thickness: Double, _ ink: Ink
    ) {
        let (dx, dy) = (x2 - x1, y2 - y1)
        let length = (dx * dx + dy * dy).squareRoot()
        let (ux, uy) = (dx / length, dy / length)
        let (half, wing) = (thickness / 2, thickness / 2 + 4)
        let neck = length - (8 + thickness * 0.6)
        // Along the arrow and across it.
        let outline = [
            (0, half), (neck, half), (neck, wing), (length, 0), (neck, -wing), (neck, -half), (0, -half),
        ]
        let points = outline.map { along, across in
            "\(short(x1 + along * ux - across * uy)),\(short(y1 + along * uy + across * ux))"
        }
        shapes.append(
            element(
                "polygon",
                [
                    "class": "area \(ink.rawValue)", "points": points.joined(separator: " "),
                    "fill": ink.colour,
                ]))
    }

    /// Words and letters, "_" before an index: "∂E_3/∂s_2".
    mutating func text(
        _ text: String, _ x: Double, _ y: Double, size: Double = 13, anchor: String = "middle",
        _ colour: TextColour = .strong
    ) {
        let (name, fill): (String?, String) =
            switch colour {
            case .strong: ("strong", ChartStyle.text)
            case .muted: (nil, ChartStyle.mutedText)
            case .ink(let ink): ("area \(ink.rawValue)", ink.colour)
            }
        shapes.append(
            element(
                "text",
                [
                    "class": name, "x": short(x), "y": short(y), "font-size": short(size),
                    "text-anchor": anchor, "fill": fill,
                ], Self.lowered(text, size)))
    }

    /// The text as markup; the letters and digits after each "_" are an index.
    private static func lowered(_ text: String, _ size: Double) -> String {
        let pieces = text.split(separator: "_", omittingEmptySubsequences: false)
        return pieces.dropFirst().reduce(escaped(String(pieces[0]))) { written, piece in
            let index = piece.prefix { $0.isLetter || $0.isNumber }
            let rest = String(piece.dropFirst(index.count))
            // Some programs drop a blank at the beginning of a piece; a shift to the right stays.
            let shift = rest.hasPrefix(" ") ? short(size * 0.3) : nil
            let lowered = element(
                "tspan", ["dy": short(size * 0.25), "font-size": short(size * 0.72)], String(index))
            let raised = element(
                "tspan", ["dx": shift, "dy": short(-size * 0.25)],
                escaped(String(rest.drop { $0 == " " })))
            return written + lowered + (rest.isEmpty ? "" : raised)
        }
    }
}
