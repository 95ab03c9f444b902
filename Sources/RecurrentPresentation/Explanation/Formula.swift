/// A formula in the notation of the documentation, which can be written as text, TeX or MathML.
package indirect enum Formula: Hashable, Sendable {
    /// A letter and its index, such as W_s or s_3; an empty index is none.
    case symbol(String, String)
    /// ∂v/∂u, or ∂⁺v/∂u if only the immediate derivative is meant.
    case derivative(Formula, by: Formula, immediate: Bool)
    /// An operator between its neighbours, such as "=", "·" or "≤".
    case sign(String)
    /// f(x)
    case function(String, Formula)
    /// ‖x‖
    case norm(Formula)
    /// xⁿ, n being a letter or a number.
    case power(Formula, String)
    /// A word or sign in upright type.
    case word(String)
    /// A number, already formatted.
    case number(String)
    case matrix(ShownMatrix)
    case sequence([Formula])

    package static func symbol(_ letter: String, _ index: Int) -> Formula { .symbol(letter, "\(index)") }

    package static func derivative(_ numerator: Formula, by denominator: Formula) -> Formula {
        .derivative(numerator, by: denominator, immediate: false)
    }

    /// The number of columns of numbers side by side.
    package var columns: Int {
        switch self {
        case .matrix(let matrix): matrix.columns
        case .sequence(let parts): parts.reduce(0) { $0 + $1.columns }
        case .function(_, let inner), .norm(let inner), .power(let inner, _): inner.columns
        case .symbol, .derivative, .sign, .word, .number: 0
        }
    }
}
