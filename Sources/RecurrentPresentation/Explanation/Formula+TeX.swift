// Formulas in TeX for LaTeX with amsmath, KaTeX and MathJax.
extension Formula {
    /// - Parameter display: true for fractions of two lines, false for a formula within a line of text.
    func tex(display: Bool) -> String {
        switch self {
        case .symbol(let letter, let index):
            return Self.letter(letter) + (index.isEmpty ? "" : "_{\(Self.index(index))}")
        case .derivative(let numerator, let denominator, let immediate):
            let above = "\\partial\(immediate ? "^{+}" : "") \(numerator.tex(display: display))"
            let below = "\\partial \(denominator.tex(display: display))"
            return display ? "\\frac{\(above)}{\(below)}" : "\(above)/\(below)"
        case .sign(let sign):
            return ["·": "\\cdot", "−": "-", "≤": "\\le"][sign] ?? sign
        case .function(let name, let inner):
            let name = name.count > 2 ? "\\operatorname{\(name)}" : Self.letter(name)
            if case .matrix(let matrix) = inner, matrix.columns > 1 { return name + matrix.tex }
            return "\(name)\\left(\(inner.tex(display: display))\\right)"
        case .norm(let inner):
            return "\\left\\lVert \(inner.tex(display: display)) \\right\\rVert"
        case .power(let base, let exponent):
            let exponent = exponent == "T" ? "\\top" : exponent
            guard case .sequence = base else { return "\(base.tex(display: display))^{\(exponent)}" }
            return "\\left(\(base.tex(display: display))\\right)^{\(exponent)}"
        case .word(let word):
            return ["½": "\\tfrac{1}{2}", "Σ": "\\sum", "log": "\\log"][word] ?? "\\text{\(word)}"
        case .number(let number):
            return ShownMatrix.tex(number)
        case .matrix(let matrix):
            return matrix.tex
        case .sequence(let parts):
            return parts.map { $0.tex(display: display) }.joined(separator: " ")
        }
    }

    private static func letter(_ letter: String) -> String {
        ["σ": "\\sigma", "γ": "\\gamma", "Φ'": "\\Phi'"][letter] ?? letter
    }

    /// Equations below each other in an environment with two pairs of columns: a label, and two sides aligned at
    /// the "=".
    ///
    /// - Parameter rowEnd: the command that ends a line of the environment and a row of a matrix.
    static func tex(
        _ equations: [Explanation.Equation], begin: String, end: String, rowEnd: String = "\\\\"
    ) -> String {
        let lines = equations.map { equation in
            let sides = equation.sides.map { $0.tex(display: true) }
            let label = equation.label.isEmpty ? "" : "\\text{\(equation.label)}\\quad"
            let signs = equation.columns > 4 ? " \\\\\n&&&= " : " = "
            return "\(label) && \(sides[0]) &= \(sides.dropFirst().joined(separator: signs))"
        }
        return "\\begin{\(begin)}\n\(lines.joined(separator: " \\\\\n"))\n\\end{\(end)}"
            .replacing("\\\\", with: rowEnd)
    }

    private static func index(_ index: String) -> String {
        index == "max" ? "\\max" : index.replacing("−", with: "-")
    }
}

extension ShownMatrix {
    /// Right-aligned columns between brackets; a single number stands alone.
    var tex: String {
        let scale = exponent == 0 ? "" : "10^{\(exponent)} \\cdot "
        if rows == 1 && columns == 1 { return scale + Self.tex(cells[0][0]) }
        let lines = cells.map { $0.map(Self.tex).joined(separator: " & ") }
        let alignment = String(repeating: "r", count: columns)
        return
            "\(scale)\\left[\\begin{array}{\(alignment)} \(lines.joined(separator: " \\\\ ")) \\end{array}\\right]"
    }

    static func tex(_ number: String) -> String {
        let number = number.replacing("−", with: "-").replacing("∞", with: "\\infty")
            .replacing("NaN", with: "\\text{NaN}")
        guard let e = number.firstIndex(of: "e"), !number.contains("\\"),
            let exponent = Int(number[number.index(after: e)...])
        else { return number }
        return "\(number[..<e]) \\cdot 10^{\(exponent)}"
    }
}
