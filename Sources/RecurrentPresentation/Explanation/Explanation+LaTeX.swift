// The explanation as a complete LaTeX document.
extension Explanation {
    package var latex: String {
        var blocks = [
            """
            \\documentclass{article}
            \\usepackage[a4paper,margin=\(columns > 5 ? 12 : 20)mm]{geometry}
            \\usepackage{amsmath}
            \\setlength{\\parindent}{0pt}
            \\setlength{\\parskip}{6pt}
            \\setlength{\\arraycolsep}{\(columns > 5 ? 2 : 3)pt}
            \\allowdisplaybreaks
            \\begin{document}
            \(columns > 5 ? "\\footnotesize" : "\\normalsize")
            """,
            "\\section*{\(title.latex)}",
        ]
        let items = facts.map { "\\item[\($0.name)] \($0.value.latex)" }.joined(separator: "\n")
        blocks.append("\\begin{description}\n\(items)\n\\end{description}")
        blocks += verdict.map(\.latex)
        for section in sections {
            // No empty line before a display, as it would begin an empty paragraph.
            let contents = section.grouped.map(Self.latex).joined(separator: "\n")
            blocks.append("\\subsection*{\(section.title.latex)}\n\(contents)")
        }
        blocks.append("\\end{document}\n")
        return blocks.joined(separator: "\n\n")
    }

    private static func latex(_ content: Group) -> String {
        switch content {
        case .remark(let sentence):
            return sentence.latex
        case .table(let origin):
            let header = origin.header.map(\.latex).joined(separator: " & ")
            let rows = origin.cells.map { $0.map(\.latexEscaped).joined(separator: " & ") + " \\\\" }
            let columns = String(repeating: "r", count: origin.header.count)
            return
                "{\\footnotesize\\setlength{\\tabcolsep}{3pt}\n\\begin{tabular}{\(columns)}\n\(header) \\\\ \\hline\n\(rows.joined(separator: "\n"))\n\\end{tabular}}"
        case .equations(let equations):
            return Formula.tex(equations, begin: "alignat*}{2", end: "alignat*")
        }
    }
}

extension Explanation.Sentence {
    fileprivate var latex: String {
        text(words: { $0.latexEscaped }, formula: { "$\($0.tex(display: false))$" })
    }
}

extension String {
    /// The text for LaTeX to set literally. A character beyond European letters, which its fonts may lack, becomes
    /// a question mark.
    fileprivate var latexEscaped: String {
        let written: [Character: String] = [
            "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "−": "$-$",
            "<": "$<$", ">": "$>$", "|": "$|$", "∞": "$\\infty$", "½": "$\\tfrac{1}{2}$", "…": "\\dots{}",
            "’": "'",
        ]
        return map { character in
            if let written = written[character] { return written }
            if "&%$#_{}".contains(character) { return "\\\(character)" }
            return character.unicodeScalars.allSatisfy { $0.value < 0x17F } ? String(character) : "?"
        }.joined()
    }
}
