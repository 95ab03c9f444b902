/// A formula in the letters of this package, to be written as text, TeX or MathML.
indirect enum Formula: Hashable, Sendable {
    /// A letter with an index, such as W_s or s_3; no index if it is empty.
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
    /// Words or a sign that stand upright.
    case word(String)
    /// A number as it is shown.
    case number(String)
    case matrix(ShownMatrix)
    case sequence([Formula])

    static func symbol(_ letter: String, _ index: Int) -> Formula { .symbol(letter, "\(index)") }

    static func derivative(_ numerator: Formula, by denominator: Formula) -> Formula {
        .derivative(numerator, by: denominator, immediate: false)
    }

    /// How many columns of numbers stand side by side in it.
    var columns: Int {
        switch self {
        case .matrix(let matrix): matrix.columns
        case .sequence(let parts): parts.reduce(0) { $0 + $1.columns }
        case .function(_, let inner), .norm(let inner), .power(let inner, _): inner.columns
        case .symbol, .derivative, .sign, .word, .number: 0
        }
    }
}

/// A matrix of numbers as people read them, in units of a power of ten, so that its largest element has six digits.
struct ShownMatrix: Hashable, Sendable {
    /// The numbers are in units of 10 to this.
    let exponent: Int
    let cells: [[String]]

    var rows: Int { cells.count }
    var columns: Int { cells.first?.count ?? 0 }
}
