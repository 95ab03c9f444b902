/// The style of pictures in a page, for light and dark pages, small screens and print.
package enum ChartStyle {
    package static let text = "#1b1f24"
    package static let mutedText = "#57606a"
    static let grid = "#e4e7eb"
    package static let axis = "#b4bac2"

    /// The rules for the page, which must define the properties `--text`, `--muted`, `--grid` and `--axis`.
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
