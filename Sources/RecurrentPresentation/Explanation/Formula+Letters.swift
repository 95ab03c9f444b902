// The letters of the documentation.
extension Formula {
    package static let W_s = symbol("W", "s")
    package static let W_x = symbol("W", "x")
    package static let W_y = symbol("W", "y")
    package static let b_s = symbol("b", "s")
    package static let b_y = symbol("b", "y")
    package static let σ_max = symbol("σ", "max")
    package static let γ = symbol("γ", "")

    /// s_i
    package static let s_i = symbol("s", "i")

    package static func E(_ step: Int) -> Formula { symbol("E", step) }
    package static func s(_ step: Int) -> Formula { symbol("s", step) }
    package static func y(_ step: Int) -> Formula { symbol("y", step) }
    package static func x(_ step: Int) -> Formula { symbol("x", step) }
    package static func d(_ step: Int) -> Formula { symbol("d", step) }
    package static func a(_ step: Int) -> Formula { symbol("a", step) }

    /// Φ'(z_k)
    package static func slope(_ step: Int) -> Formula { function("Φ'", symbol("z", step)) }
    /// ∂E_N/∂v
    package static func lossBy(_ variable: Formula, _ N: Int) -> Formula { derivative(E(N), by: variable) }
    /// ∂s_k/∂s_i
    package static func jacobian(_ k: Int, _ i: Int) -> Formula { derivative(s(k), by: s(i)) }
    /// ∂⁺s_i/∂W
    package static func immediate(_ i: Int, _ weights: Formula) -> Formula {
        derivative(s(i), by: weights, immediate: true)
    }

    package static func product(_ factors: Formula...) -> Formula {
        sequence(Array(factors.map { [$0] }.joined(separator: [.sign("·")])))
    }

    package static func matrix(_ rows: [[Double]]) -> Formula { .matrix(ShownMatrix(rows)) }
}
