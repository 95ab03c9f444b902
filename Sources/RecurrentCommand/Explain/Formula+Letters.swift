import RecurrentLinearAlgebra
import Recurrent

// The letters of the documentation.
extension Formula {
    static let W_s = symbol("W", "s")
    static let W_x = symbol("W", "x")
    static let W_y = symbol("W", "y")
    static let b_s = symbol("b", "s")
    static let b_y = symbol("b", "y")
    static let σ_max = symbol("σ", "max")
    static let γ = symbol("γ", "")

    /// s_i
    static let s_i = symbol("s", "i")

    static func E(_ step: Int) -> Formula { symbol("E", step) }
    static func s(_ step: Int) -> Formula { symbol("s", step) }
    static func y(_ step: Int) -> Formula { symbol("y", step) }
    static func x(_ step: Int) -> Formula { symbol("x", step) }
    static func d(_ step: Int) -> Formula { symbol("d", step) }
    static func a(_ step: Int) -> Formula { symbol("a", step) }

    /// Φ'(z_k)
    static func slope(_ step: Int) -> Formula { function("Φ'", symbol("z", step)) }
    /// ∂E_N/∂v
    static func lossBy(_ variable: Formula, _ N: Int) -> Formula { derivative(E(N), by: variable) }
    /// ∂s_k/∂s_i
    static func jacobian(_ k: Int, _ i: Int) -> Formula { derivative(s(k), by: s(i)) }
    /// ∂⁺s_i/∂W
    static func immediate(_ i: Int, _ weights: Formula) -> Formula {
        derivative(s(i), by: weights, immediate: true)
    }

    static func product(_ factors: Formula...) -> Formula {
        sequence(Array(factors.map { [$0] }.joined(separator: [.sign("·")])))
    }

    static func matrix(_ matrix: Matrix<Double>) -> Formula { .matrix(ShownMatrix(matrix)) }
}
