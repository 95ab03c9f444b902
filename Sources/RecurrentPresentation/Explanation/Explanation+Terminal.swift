// The explanation for a terminal.
extension Explanation {
    private static let width = 100

    package var terminal: String {
        let facts = facts.map { fact in
            Self.label(fact.name, 10) + fact.value.plain
        }
        let sections = sections.enumerated().map { number, section in
            "\(number + 1)  \(section.title.plain)\n\n" + Self.body(section.contents)
        }
        let verdict = verdict.map { Self.wrapped($0) }.joined(separator: "\n\n")
        return ([title.plain, facts.joined(separator: "\n")] + sections + ["In words", verdict])
            .joined(separator: "\n\n") + "\n"
    }

    private static func body(_ contents: [Content]) -> String {
        // No blank line between equations of one line each.
        var text = ""
        var wasLine = false
        for content in contents {
            let (block, isLine) = block(content)
            if !text.isEmpty { text += wasLine && isLine ? "\n" : "\n\n" }
            text += block
            wasLine = isLine
        }
        return text
    }

    private static func block(_ content: Content) -> (text: String, isLine: Bool) {
        switch content {
        case .remark(let sentence):
            return (wrapped(sentence), false)
        case .table(let origin):
            var table = Table(origin.header.map(\.plain), leftAligned: 0)
            for row in origin.cells { table.add(row.map { Cell($0) }) }
            return (table.text(.table), false)
        case .equation(let equation):
            let block = block(equation)
            return (block, !block.contains("\n"))
        }
    }

    /// The equation on one line of blocks, or a line for each side if that is too wide.
    private static func block(_ equation: Equation) -> String {
        let sides = equation.sides.map { TextBlock($0) }
        let head = TextBlock("  " + label(equation.label, 7))
        let whole = sides.dropFirst().reduce(head + sides[0]) { $0 + TextBlock(" = ") + $1 }
        if whole.width <= width { return whole.text }
        let indent = TextBlock(String(repeating: " ", count: head.width + 4))
        let rest = sides.dropFirst().map { (indent + TextBlock("= ") + $0).text }
        return ([(head + sides[0]).text] + rest).joined(separator: "\n")
    }

    private static func label(_ label: String, _ width: Int) -> String {
        label + String(repeating: " ", count: max(0, width - label.count))
    }

    /// The sentence in lines of at most `width` characters, broken between words but not within formulas.
    private static func wrapped(_ sentence: Sentence) -> String {
        let text = sentence.text(words: { $0 }, formula: { $0.text.replacing(" ", with: "\u{A0}") })
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append("  " + word)
            }
        }
        return lines.joined(separator: "\n").replacing("\u{A0}", with: " ")
    }
}

extension Explanation.Sentence {
    /// The sentence with its formulas as text.
    var plain: String { text(words: { $0 }, formula: \.text) }
}
