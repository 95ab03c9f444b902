/// Shapes of the unfolded network as SVG, coloured by classes that know light and dark.
struct SVGCanvas {
    private(set) var shapes: [String] = []

    /// A box with round corners; `kind` is "input", "state", "output" or "start".
    mutating func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double, kind: String) {
        shapes.append(
            "<rect class=\"u-box u-\(kind)\" x=\"\(fixed(x, 1))\" y=\"\(fixed(y, 1))\" width=\"\(fixed(width, 1))\" height=\"\(fixed(height, 1))\" rx=\"9\"/>"
        )
    }

    /// A bar between two heights.
    mutating func bar(_ x: Double, from y1: Double, to y2: Double, width: Double) {
        shapes.append(
            "<rect class=\"u-back\" x=\"\(fixed(x - width / 2, 1))\" y=\"\(fixed(min(y1, y2), 1))\" width=\"\(fixed(width, 1))\" height=\"\(fixed(abs(y2 - y1), 1))\"/>"
        )
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
        shapes.append(
            "<line class=\"u-line\" x1=\"\(fixed(x1, 1))\" y1=\"\(fixed(y1, 1))\" x2=\"\(fixed(x2, 1))\" y2=\"\(fixed(y2, 1))\"/>"
        )
    }

    /// An arrow of this thickness; `kind` is "forward" or "back".
    mutating func arrow(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, thickness: Double, kind: String
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
            "\(fixed(x1 + along * ux - across * uy, 1)),\(fixed(y1 + along * uy + across * ux, 1))"
        }
        shapes.append("<polygon class=\"u-\(kind)\" points=\"\(points.joined(separator: " "))\"/>")
    }

    /// Words and letters with their indices lowered, such as "∂E_3/∂s_2".
    mutating func text(
        _ text: String, _ x: Double, _ y: Double, size: Double = 13, anchor: String = "middle",
        kind: String = "words"
    ) {
        shapes.append(
            "<text class=\"u-\(kind)\" x=\"\(fixed(x, 1))\" y=\"\(fixed(y, 1))\" font-size=\"\(fixed(size, 1))\" text-anchor=\"\(anchor)\">\(Self.lowered(text, size))</text>"
        )
    }

    /// What follows "_", up to the next sign, as an index.
    private static func lowered(_ text: String, _ size: Double) -> String {
        let pieces = text.split(separator: "_", omittingEmptySubsequences: false)
        return pieces.dropFirst().reduce(String(pieces[0]).xmlText) { written, piece in
            let index = piece.prefix { $0.isLetter || $0.isNumber }
            let rest = String(piece.dropFirst(index.count))
            // Some programs drop a blank at the beginning of a piece; a shift to the right stays.
            let shift = rest.hasPrefix(" ") ? " dx=\"\(fixed(size * 0.3, 1))\"" : ""
            let raised =
                rest.isEmpty
                ? ""
                : "<tspan\(shift) dy=\"-\(fixed(size * 0.25, 1))\">\(rest.drop { $0 == " " }.xmlText)</tspan>"
            return
                "\(written)<tspan dy=\"\(fixed(size * 0.25, 1))\" font-size=\"\(fixed(size * 0.72, 1))\">\(index)</tspan>\(raised)"
        }
    }

    /// The picture, with a title for those who cannot see it.
    func svg(width: Double, height: Double, title: String) -> String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(fixed(width, 0)) \(fixed(height, 0))" font-family="system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif" role="img">
        <title>\(title.xmlText)</title>
        <style>
        \(Self.style)
        </style>
        <rect class="u-ground" width="100%" height="100%"/>
        \(shapes.joined(separator: "\n"))
        </svg>

        """
    }

    private static let style = """
        .u-ground { fill: #ffffff } .u-words { fill: #1b1f24 } .u-quiet { fill: #57606a }
        .u-weight { fill: #1f6fd6 } .u-flow { fill: #c2410c } .u-forward { fill: #8a8f98 } .u-back { fill: #e8590c }
        .u-line { stroke: #c9d1d9; stroke-width: 1 } .u-box { stroke-width: 1.8 }
        .u-input { fill: #eef6ee; stroke: #3d8b40 } .u-state { fill: #eaf2fd; stroke: #1f6fd6 }
        .u-output { fill: #fff8e5; stroke: #9a6700 } .u-start { fill: #f3f4f6; stroke: #8a8f98 }
        .u-loss { fill: #fff1ea; stroke: #e8590c }
        @media (prefers-color-scheme: dark) {
          .u-ground { fill: #0d1117 } .u-words { fill: #e6edf3 } .u-quiet { fill: #9198a1 }
          .u-weight { fill: #6cb0ff } .u-flow { fill: #ff9b6b } .u-forward { fill: #6e7681 } .u-back { fill: #f2722b }
          .u-line { stroke: #30363d }
          .u-input { fill: #10261a; stroke: #3fb950 } .u-state { fill: #10213a; stroke: #58a6ff }
          .u-output { fill: #2a2210; stroke: #d29922 } .u-start { fill: #161b22; stroke: #6e7681 }
          .u-loss { fill: #2d160b; stroke: #f2722b }
        }
        """
}

extension StringProtocol {
    /// As text within XML and HTML.
    var xmlText: String {
        String(self).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
