import RecurrentLinearAlgebra

/// AR(p): x_t = c + Σ φ_k x_{t−k}, fitted by least squares.
struct AutoregressiveModel {
    let order: Int
    private let coefficients: Matrix<Double>

    /// Fits the values of `range`, each predicted from the `order` values before it; nil if there are fewer equations
    /// than coefficients.
    init?(order: Int, fittedTo values: [Double], in range: Range<Int>) throws(FactorisationError) {
        let rows = range.dropFirst(order)
        guard rows.count > order else { return nil }
        self.order = order
        let design = Matrix<Double>(rows: rows.count, columns: order + 1) { row, column in
            column == 0 ? 1 : values[rows.startIndex + row - column]
        }
        let targets = Matrix<Double>(rows: rows.count, columns: 1) { row, _ in
            values[rows.startIndex + row]
        }
        coefficients = try leastSquares(design, targets).solution
    }

    /// The prediction at `position` from the values before it.
    func prediction(at position: Int, of values: [Double]) -> Double {
        (1...order).reduce(coefficients[0, 0]) { $0 + coefficients[$1, 0] * values[position - $1] }
    }
}
