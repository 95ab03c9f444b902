import RecurrentCharts

// Formulas in MathML Core, which browsers render themselves.
extension Formula {
    /// - Parameter display: true for fractions of two lines, false for a formula within a line of text.
    func mathML(display: Bool) -> String {
        "<math\(display ? " display=\"block\"" : "")><mrow>\(content(display))</mrow></math>"
    }

    private func content(_ display: Bool) -> String {
        switch self {
        case .symbol(let letter, let index):
            return index.isEmpty
                ? Self.letter(letter) : "<msub>\(Self.letter(letter))\(Self.letter(index))</msub>"
        case .derivative(let numerator, let denominator, let immediate):
            let sign = immediate ? "<msup><mi>∂</mi><mo form=\"prefix\">+</mo></msup>" : "<mi>∂</mi>"
            let above = "<mrow>\(sign)\(numerator.content(display))</mrow>"
            let below = "<mrow><mi>∂</mi>\(denominator.content(display))</mrow>"
            return display
                ? "<mfrac>\(above)\(below)</mfrac>" : "\(above)<mo lspace=\"0\" rspace=\"0\">/</mo>\(below)"
        case .sign(let sign):
            return "<mo>\(escaped(sign))</mo>"
        case .function(let name, let inner):
            let name = name.isEmpty ? "" : Self.letter(name)
            if case .matrix(let matrix) = inner, matrix.columns > 1 { return name + matrix.mathML }
            return "<mrow>\(name)<mo>(</mo>\(inner.content(display))<mo>)</mo></mrow>"
        case .norm(let inner):
            return "<mrow><mo>‖</mo>\(inner.content(display))<mo>‖</mo></mrow>"
        case .power(let base, let exponent):
            var content = base.content(display)
            if case .sequence = base { content = "<mo>(</mo>\(content)<mo>)</mo>" }
            return "<msup><mrow>\(content)</mrow>\(Self.letter(exponent))</msup>"
        case .word(let word):
            return "<mtext>\(escaped(word))</mtext>"
        case .number(let number):
            return "<mn>\(number)</mn>"
        case .matrix(let matrix):
            return matrix.mathML
        case .sequence(let parts):
            // A thin space between factors without a sign.
            return parts.enumerated().map { index, part in
                let follows = index > 0 && !parts[index - 1].isSign && !part.isSign
                return (follows ? "<mspace width=\"0.17em\"></mspace>" : "") + part.content(display)
            }.joined()
        }
    }

    private var isSign: Bool { if case .sign = self { true } else { false } }

    private static func letter(_ letter: String) -> String {
        letter.allSatisfy(\.isNumber) ? "<mn>\(letter)</mn>" : "<mi>\(letter)</mi>"
    }
}

extension ShownMatrix {
    fileprivate var mathML: String {
        let scale =
            exponent == 0
            ? ""
            : "<msup><mn>10</mn><mn>\("\(exponent)".withMinus)</mn></msup><mo>·</mo>"
        if rows == 1 && columns == 1 { return scale + Self.mathML(cells[0][0]) }
        let lines = cells.map { row in
            "<mtr>" + row.map { "<mtd>\(Self.mathML($0))</mtd>" }.joined() + "</mtr>"
        }
        // The style of the page draws the brackets, as few systems have a font with brackets that stretch.
        return "\(scale)<mtable>\(lines.joined())</mtable>"
    }

    private static func mathML(_ number: String) -> String {
        guard let e = number.firstIndex(of: "e"),
            let exponent = Int(number[number.index(after: e)...].replacing("−", with: "-"))
        else { return "<mn>\(number)</mn>" }
        return
            "<mn>\(number[..<e])</mn><mo>·</mo><msup><mn>10</mn><mn>\("\(exponent)".withMinus)</mn></msup>"
    }
}
