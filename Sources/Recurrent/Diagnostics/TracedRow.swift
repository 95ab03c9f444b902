import Foundation
import RecurrentLinearAlgebra

/// A row of numbers, with the derivatives of each by many variables and a bound on its rounding: forward
/// differentiation with a running error analysis.
struct TracedRow {
    /// 1 × w
    let values: Matrix<Double>
    /// 1 × w
    let errors: Matrix<Double>
    /// w × n: row j has the derivatives of element j.
    private(set) var derivatives: Matrix<Double>

    private init(_ values: Matrix<Double>, _ errors: Matrix<Double>, _ derivatives: Matrix<Double>) {
        (self.values, self.errors, self.derivatives) = (values, errors, derivatives)
    }

    /// Numbers that depend on no variable.
    init(_ values: Matrix<Double>, variables n: Int) {
        self.init(
            values, Matrix(rows: 1, columns: values.columns), Matrix(rows: values.columns, columns: n))
    }

    /// Numbers that are variables themselves, from one of them on.
    init(_ values: Matrix<Double>, variables n: Int, from first: Int) {
        self.init(values, variables: n)
        for index in 0..<values.columns { derivatives[index, first + index] = 1 }
    }

    static func + (left: TracedRow, right: TracedRow) -> TracedRow {
        let values = left.values + right.values
        let errors = left.errors + right.errors + values.map { abs($0) * .ulpOfOne }
        return TracedRow(values, errors, left.derivatives + right.derivatives)
    }

    /// x W for weights that are variables from one of them on: ∂(x W)_j/∂θ = Σ_i W_ij ∂x_i/∂θ, and x_i more for θ =
    /// W_ij.
    func times(_ W: Matrix<Double>, from first: Int) -> TracedRow {
        var derivatives = W.transposed * derivatives
        for i in 0..<W.rows {
            for j in 0..<W.columns { derivatives[j, first + i * W.columns + j] += values[0, i] }
        }
        let rounding = errors + values.map { abs($0) * .ulpOfOne }
        return TracedRow(values * W, rounding * W.map { abs($0) }, derivatives)
    }

    /// Φ of each number.
    func through(_ activation: Activation) -> TracedRow {
        let s = values.map { z in
            switch activation {
            case .tanh: tanh(z)
            case .sigmoid: 1 / (1 + exp(-z))
            case .relu: max(z, 0)
            case .identity: z
            }
        }
        let slopes = s.map { s in
            switch activation {
            case .tanh: 1 - s * s
            case .sigmoid: s * (1 - s)
            case .relu: s > 0 ? 1 : 0
            case .identity: 1
            }
        }
        let errors = errors.scalingColumns(by: slopes) + s.map { abs($0) * .ulpOfOne }
        return TracedRow(s, errors, derivatives.scalingRows(by: slopes))
    }

    /// Each number times a constant.
    func times(_ factor: Double) -> TracedRow {
        TracedRow(
            values.map { $0 * factor }, errors.map { $0 * abs(factor) }, derivatives.map { $0 * factor })
    }
}

extension Matrix {
    fileprivate func map(_ function: (Element) -> Element) -> Matrix {
        Matrix(rows: rows, columns: columns) { function(self[$0, $1]) }
    }

    /// diag(d) A
    fileprivate func scalingRows(by d: Matrix) -> Matrix {
        Matrix(rows: rows, columns: columns) { d[0, $0] * self[$0, $1] }
    }
}
