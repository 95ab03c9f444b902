// The explanation as Markdown, with formulas between dollar signs as on GitHub.
extension Explanation {
    /// - Parameter picture: the path of the picture file, if one is written.
    package func markdown(picture: String?) -> String {
        var blocks = ["# " + title.markdown]
        blocks.append(facts.map { "- \($0.name): \($0.value.markdown)" }.joined(separator: "\n"))
        if let picture { blocks.append("![\(title.plain)](<\(picture)>)") }
        blocks.append(verdict.map(\.markdown).joined(separator: "\n\n"))
        for section in sections {
            blocks.append("## " + section.title.markdown)
            blocks += section.grouped.map(Self.markdown)
        }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private static func markdown(_ content: Group) -> String {
        switch content {
        case .remark(let sentence):
            return sentence.markdown
        case .table(let origin):
            let lines =
                [origin.header.map(\.markdown), origin.header.map { _ in "---:" }] + origin.cells
            return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
        case .equations(let equations):
            // \cr ends a row, since Markdown may remove one of two backslashes.
            return "$$\n" + Formula.tex(equations, begin: "aligned", end: "aligned", rowEnd: "\\cr") + "\n$$"
        }
    }
}

extension Explanation.Sentence {
    fileprivate var markdown: String {
        text(words: { $0.markdownEscaped }, formula: { "$\($0.tex(display: false))$" })
    }
}

extension String {
    fileprivate var markdownEscaped: String {
        map { "\\`*_[]<>|#$".contains($0) ? "\\\($0)" : String($0) }.joined()
    }
}
