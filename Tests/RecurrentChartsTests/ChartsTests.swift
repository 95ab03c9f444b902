import Foundation
import Testing

@testable import RecurrentCharts

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct ChartsTests {
    /// The values of an attribute in the order of their elements.
    private func values(_ attribute: String, in svg: String) -> [String] {
        svg.components(separatedBy: " \(attribute)=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }

    private func labels(_ kind: Scale.Kind, _ values: [Double], outwards: Bool = true) -> [String] {
        Scale(kind, for: values, tickCount: 5, endsAtTicks: outwards).ticks.map(\.label)
    }

    @Test func ticksAreRoundNumbers() {
        #expect(labels(.linear, [0.13, 0.87]) == ["0", "0.2", "0.4", "0.6", "0.8", "1.0"])
        #expect(labels(.linear, [1, 40], outwards: false) == ["10", "20", "30", "40"])
        #expect(labels(.linear, [0, 1_000_000]) == ["0", "0.2M", "0.4M", "0.6M", "0.8M", "1.0M"])
        #expect(labels(.linear, [0, 42_000]) == ["0", "10k", "20k", "30k", "40k", "50k"])
        #expect(labels(.linear, [-3, 2.5]) == ["−4", "−2", "0", "2", "4"])
        #expect(labels(.linear, [0, 4e-5]) == ["0", "1·10⁻⁵", "2·10⁻⁵", "3·10⁻⁵", "4·10⁻⁵"])
        #expect(labels(.linear, [1, 2, 3], outwards: false) == ["1", "2", "3"])
        #expect(labels(.logarithmic, [0.003, 70]) == ["0.001", "0.01", "0.1", "1", "10", "100"])
        #expect(labels(.logarithmic, [1e-16, 1]) == ["10⁻²⁰", "10⁻¹⁵", "10⁻¹⁰", "10⁻⁵", "1"])
        #expect(labels(.logarithmic, [2, 30]) == ["2", "5", "10", "20", "50"])
    }

    /// Data of runs that went wrong or have just begun.
    static let strange: [[Double]] = [
        [], [1], [0], [-1], [5, 5, 5], [.nan], [.infinity, -.infinity], [1, .nan, 2], [0, 0, 0],
        [1e300, -1e300], [1.7e308, -1.7e308], [.leastNonzeroMagnitude], [.leastNonzeroMagnitude, 1e299],
        [1, 1 + 1e-15], [1e16, 1e16 + 2],
        [-1e-300, 1e-300], [1e-12, 1e12, 0, -3],
    ]

    @Test(arguments: strange, [Scale.Kind.linear, .logarithmic])
    func noValuesSpoilAPicture(values: [Double], kind: Scale.Kind) throws {
        var chart = LineChart("strange")
        chart.y.kind = kind
        chart.lines = [LineChart.Line("y", .blue, values.enumerated().map { Point(Double($0), $1) })]
        chart.references = [LineChart.Reference("limit", at: .nan)]
        chart.band = LineChart.Band("band", .blue, values.map { ($0, $0, .infinity) })
        let plane = ComplexPlane("plane", [ComplexPlane.Dots("λ", .blue, values.map { Point($0, 1) })])
        for svg in [chart.svg, chart.inline, plane.svg] {
            #expect(!svg.contains("nan") && !svg.contains("inf\"") && !svg.contains("inf "), "\(svg)")
            let document = try XMLDocument(xmlString: svg)
            #expect(document.rootElement()?.name == "svg")
        }
        for text in self.values("points", in: chart.svg) {
            let numbers = text.split { " ,".contains($0) }.compactMap { Double($0) }
            #expect(numbers.allSatisfy { 0...480 ~= $0 }, "\(text)")
        }
    }

    @Test func coordinatesAreExact() throws {
        var chart = LineChart("square")
        chart.lines = [LineChart.Line("y", .blue, [Point(0, 0), Point(1, 10), Point(2, .nan), Point(4, 20)])]
        let svg = chart.inline
        // The data area reaches from x = 14 + 2 · 9.6 to 464, and from y = 224 at the bottom to 10.
        #expect(values("points", in: svg) == ["33.2,224 140.9,117"])
        #expect(values("d", in: svg).contains("M464 10h0"), "a point by itself is a dot")
        #expect(svg.contains("y: not a finite number"))
    }

    @Test func anyNameIsShownAsText() throws {
        let name = "<script>&\"\u{0}'"
        var chart = LineChart(name)
        chart.x.name = name
        chart.lines = [LineChart.Line(name, .green, [Point(1, 1), Point(2, 2)])]
        chart.x.ticks = [Tick(1, name)]
        let confusion = ConfusionChart(name, labels: [name, "b"], counts: [[1, 2]])
        let plane = ComplexPlane(name, [ComplexPlane.Dots(name, .grey, [])])
        for svg in [chart.svg, confusion.svg, plane.svg, chart.inline, confusion.inline, plane.inline] {
            #expect(!svg.contains("<script"))
            let document = try XMLDocument(xmlString: svg)
            #expect(try document.nodes(forXPath: "/*[local-name()='svg']/*[local-name()='title']").count == 1)
        }
    }

    @Test func aFileHasWhitePaperAndALegendAPageHasNot() {
        var chart = LineChart("title")
        chart.lines = [
            LineChart.Line("a", .blue, [Point(0, 1), Point(1, 2)], style: .faint),
            LineChart.Line("a", .blue, [Point(0, 2), Point(1, 3)], style: .faint),
        ]
        chart.references = [LineChart.Reference("limit", at: 2)]
        #expect(chart.legend.map(\.name) == ["a", "limit"])
        #expect(chart.svg.contains("fill=\"#ffffff\"") && chart.svg.contains(">title</text>"))
        #expect(!chart.inline.contains("#ffffff") && !chart.inline.contains(">title</text>"))
    }

    @Test(arguments: [0, 1, 2, 9, 15, 26])
    func aConfusionHasItsCounts(kinds: Int) throws {
        let labels = (0..<kinds).map { "kind \($0)" }
        let counts = (0..<kinds).map { row in (0..<kinds).map { $0 == row ? 900 : $0 == 0 ? 3 : 0 } }
        let svg = ConfusionChart("c", labels: labels, counts: counts).svg
        #expect(svg.components(separatedBy: ">900<").count == kinds + 1)
        #expect(svg.components(separatedBy: ">3<").count == max(kinds, 1))
        _ = try XMLDocument(xmlString: svg)
        #expect(
            [0, 999, 1234, 45_678, 5_000_000, .max].map(ConfusionChart.compact) == [
                "0", "999", "1.2k", "45k", "5M", "≫",
            ])
    }

    @Test func missingAndNegativeCountsAreZero() {
        let chart = ConfusionChart("c", labels: ["a", "b"], counts: [[-5]])
        #expect(chart.count(0, 0) == 0 && chart.count(1, 1) == 0)
        #expect(!chart.svg.contains("-5"))
    }
}
