// The explanation as a page that needs nothing else: light and dark, for screens of any width and for paper.
extension Explanation {
    var html: String {
        let facts = facts.map { "<dt>\($0.name)</dt><dd>\($0.value.html)</dd>" }.joined(separator: "\n")
        let sections = sections.map { section in
            "<section>\n<h2>\(section.title.html)</h2>\n\(section.contents.map(Self.html).joined(separator: "\n"))\n</section>"
        }
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(title.plain.xmlText)</title>
            <style>
            \(Self.style)
            </style>
            </head>
            <body>
            <main>
            <h1>\(title.html)</h1>
            <dl>
            \(facts)
            </dl>
            <figure class="scroll" tabindex="0" role="group" aria-label="The network unfolded in time">
            \(picture.svg)</figure>
            <section>
            <h2>In words</h2>
            \(verdict.map { "<p>\($0.html)</p>" }.joined(separator: "\n"))
            </section>
            \(sections.joined(separator: "\n"))
            </main>
            </body>
            </html>

            """
    }

    private static func html(_ content: Content) -> String {
        switch content {
        case .remark(let sentence): return "<p>\(sentence.html)</p>"
        case .table(let origin): return html(origin)
        case .equation(let equation): return html(equation)
        }
    }

    private static func html(_ origin: OriginTable) -> String {
        let header = origin.header.map { "<th scope=\"col\">\($0.html)</th>" }.joined()
        let rows = origin.cells.map { row in
            "<tr>" + row.map { "<td>\($0.xmlText)</td>" }.joined() + "</tr>"
        }
        return
            "<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr>\(header)</tr></thead>\n<tbody>\n\(rows.joined(separator: "\n"))\n</tbody>\n</table></div>"
    }

    private static func html(_ equation: Equation) -> String {
        let sides = equation.sides
        let lines: [Formula] =
            equation.columns > 9
            ? [sides[0]] + sides.dropFirst().map { .sequence([.sign("="), $0]) }
            : [.sequence(Array(sides.map { [$0] }.joined(separator: [.sign("=")])))]
        let mathML = lines.map { $0.mathML(display: true) }.joined()
        return
            "<div class=\"equation\"><span class=\"label\">\(equation.label)</span><div class=\"scroll\" tabindex=\"0\">\(mathML)</div></div>"
    }

    private static let style = """
        :root { --text: #1b1f24; --quiet: #57606a; --line: #d8dee4; --ground: #ffffff; }
        @media (prefers-color-scheme: dark) {
          :root { --text: #e6edf3; --quiet: #9198a1; --line: #30363d; --ground: #0d1117; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.55 system-ui, sans-serif; }
        main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
        h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 1rem; }
        h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
        p { margin: .6rem 0; max-width: 46rem; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0 0 1.2rem; }
        dt { color: var(--quiet); }
        dd { margin: 0; overflow-wrap: anywhere; }
        figure { margin: 1.2rem 0; border: 1px solid var(--line); border-radius: 8px; }
        figure svg { display: block; width: 100%; min-width: 44rem; height: auto; }
        .scroll { overflow-x: auto; }
        .equation { display: grid; grid-template-columns: 3.6rem minmax(0, 1fr); align-items: center; margin: .5rem 0; }
        .label { color: var(--quiet); font-size: .9rem; }
        math { font-size: 1.08em; }
        math[display="block"] { text-align: left; width: max-content; margin: .15rem 0; padding-bottom: .2rem; }
        mtable {
          margin: 0 .2em; padding: .05em .1em; border: solid currentColor; border-width: 0 1.5px;
          background:
            linear-gradient(currentColor, currentColor) 0 0 / .35em 1.5px no-repeat,
            linear-gradient(currentColor, currentColor) 100% 0 / .35em 1.5px no-repeat,
            linear-gradient(currentColor, currentColor) 0 100% / .35em 1.5px no-repeat,
            linear-gradient(currentColor, currentColor) 100% 100% / .35em 1.5px no-repeat;
          print-color-adjust: exact;
        }
        mtd { text-align: right; padding: .2em .45em; }
        mn { font-variant-numeric: tabular-nums; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .92rem; }
        th, td { text-align: right; padding: .3rem .7rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
        th { color: var(--quiet); font-weight: 500; vertical-align: bottom; }
        @media (max-width: 30rem) { .equation { grid-template-columns: minmax(0, 1fr); } .label:empty { display: none; } }
        @media print {
          body { font-size: 11pt; }
          main { max-width: none; padding: 0; }
          .equation, figure, tr { break-inside: avoid; }
          h2 { break-after: avoid; }
          .scroll { overflow: visible; }
          figure svg { min-width: 0; }
        }
        """
}

extension Explanation.Sentence {
    fileprivate var html: String {
        text(words: { $0.xmlText }, formula: { $0.mathML(display: false) })
    }
}
