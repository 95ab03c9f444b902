import RecurrentCharts

// The explanation as a page.
extension Explanation {
    package var html: String {
        let facts = definitions(facts.map { ($0.name, $0.value.html) }, class: "facts")
        let picture = Figure(
            "The network unfolded in time", body: "<div class=\"drawing\">\(scrolling(picture.inline))</div>",
            "")
        let sections =
            [section(title: "In words", verdict.map { "<p>\($0.html)</p>" })]
            + sections.map { section(title: $0.title.html, $0.contents.map(Self.html)) }
        return Page(
            title: title.plain, style: Self.style,
            body: """
                <header>
                <h1>\(title.html)</h1>
                \(facts)
                </header>
                \(picture.html)
                \(sections.joined(separator: "\n"))
                """
        ).html
    }

    private static func html(_ content: Content) -> String {
        switch content {
        case .remark(let sentence): "<p>\(sentence.html)</p>"
        case .table(let origin): origin.html
        case .equation(let equation): equation.html
        }
    }
}

extension Explanation.Equation {
    /// One line, or a line for each side where there are too many columns of numbers.
    fileprivate var html: String {
        let lines: [Formula] =
            columns > 9
            ? [sides[0]] + sides.dropFirst().map { .sequence([.sign("="), $0]) }
            : [.sequence(Array(sides.map { [$0] }.joined(separator: [.sign("=")])))]
        let formulas = scrolling(lines.map { $0.mathML(display: true) }.joined())
        return "<div class=\"equation\"><span class=\"label\">\(escaped(label))</span>\(formulas)</div>"
    }
}

extension OriginTable {
    fileprivate var html: String {
        HTMLTable(
            header: header.map { HTMLTable.Cell(content: $0.html, isNumber: true) },
            rows: cells.map { row in row.map { HTMLTable.Cell(content: escaped($0), isNumber: true) } }
        ).html
    }
}

extension Explanation.Sentence {
    fileprivate var html: String {
        text(words: { escaped($0) }, formula: { $0.mathML(display: false) })
    }
}
