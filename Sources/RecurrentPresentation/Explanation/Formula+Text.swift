// Formulas as one line of text, for the terminal and for the names of quantities.
extension Formula {
    var text: String {
        switch self {
        case .symbol(let letter, let index):
            index.isEmpty
                ? letter
                : index.contains { " −,".contains($0) } ? "\(letter)_{\(index)}" : "\(letter)_\(index)"
        case .derivative(let numerator, let denominator, let immediate):
            "∂\(immediate ? "⁺" : "")\(numerator.text)/∂\(denominator.text)"
        case .sign(let sign): sign
        case .function(let name, let inner): "\(name)(\(inner.text))"
        case .norm(let inner): "‖\(inner.text)‖"
        case .power(let base, let exponent): base.grouped + Self.raised(exponent)
        case .word(let word): word
        case .number(let number): number
        case .matrix(let matrix): matrix.text
        case .sequence(let parts): parts.map(\.text).joined(separator: " ")
        }
    }

    private var grouped: String {
        if case .sequence = self { "(\(text))" } else { text }
    }

    private static func raised(_ exponent: String) -> String {
        switch exponent {
        case "2": "²"
        case "T": "ᵀ"
        default: "^\(exponent)"
        }
    }
}

extension ShownMatrix {
    /// The rows between brackets; a single number has none.
    var text: String {
        let scale = exponent == 0 ? "" : "10^\(exponent) · ".withMinus
        if rows == 1 && columns == 1 { return scale + cells[0][0] }
        return scale + "[" + cells.map { $0.joined(separator: "  ") }.joined(separator: "; ") + "]"
    }
}
