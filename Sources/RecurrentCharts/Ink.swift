/// What things are drawn in. Each ink stands in a picture as a colour, for a file of its own on white paper, and
/// as a class, which lets the style of a page replace the colour.
package enum Ink: String, CaseIterable, Sendable {
    case blue, orange, green, purple, grey

    /// On white.
    package var colour: String {
        switch self {
        case .blue: "#1f6fd6"
        case .orange: "#c9451a"
        case .green: "#18794e"
        case .purple: "#7448c8"
        case .grey: "#80868f"
        }
    }

    /// On a dark page.
    var darkColour: String {
        switch self {
        case .blue: "#6cabff"
        case .orange: "#ff8f66"
        case .green: "#56c596"
        case .purple: "#b79cff"
        case .grey: "#8b939d"
        }
    }
}

/// The style that pictures take over from a page, so that they are right in light, in dark, small and printed.
package enum ChartStyle {
    static let text = "#1b1f24"
    static let mutedText = "#57606a"
    static let grid = "#e4e7eb"
    static let axis = "#b4bac2"

    /// Rules for the page. They need the properties `--text`, `--muted`, `--grid` and `--axis`.
    package static let css: String = {
        let light = Ink.allCases.map { "--\($0.rawValue):\($0.colour)" }.joined(separator: ";")
        let dark = Ink.allCases.map { "--\($0.rawValue):\($0.darkColour)" }.joined(separator: ";")
        let rules = Ink.allCases.map { ink in
            let name = ink.rawValue
            return ".line.\(name),.dots.\(name){stroke:var(--\(name))}.area.\(name){fill:var(--\(name))}"
        }
        return """
            :root{\(light)}
            @media screen and (prefers-color-scheme:dark){:root{\(dark)}}
            .chart{display:block;width:100%;height:auto;font-size:12px;font-family:inherit;overflow:hidden}
            .chart text{fill:var(--muted);font-variant-numeric:tabular-nums}
            .chart .strong{fill:var(--text)}
            .chart .inverse{fill:var(--inverse)}
            .chart .grid{stroke:var(--grid)}
            .chart .axis{stroke:var(--axis)}
            \(rules.joined(separator: "\n"))
            @media (max-width:560px){.chart.scaled{font-size:16px}}
            @media print{.line.orange{stroke-dasharray:6 2}}
            """
    }()
}
