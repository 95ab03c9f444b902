import RecurrentLinearAlgebra

// The factors of the chain rule as matrices. The engine's backward pass never forms them.

extension Activation {
    /// Φ'(z_t) from s_t = Φ(z_t), one row.
    func derivative<S: Scalar>(at s: Matrix<S>) -> Matrix<S> {
        var slopes = Matrix<S>(rows: s.rows, columns: s.columns) { _, _ in 1 }
        slopes.withMutableView { slopes in s.withView { multiplyByDerivative(slopes, at: $0) } }
        return slopes
    }
}

extension OutputFunction {
    /// ∂y/∂a at one row y = σ(a), O × O.
    func jacobian<S: Scalar>(at y: Matrix<S>) -> Matrix<S> {
        Matrix(rows: y.columns, columns: y.columns) { row, column in
            let diagonal: S = row == column ? 1 : 0
            return switch self {
            case .linear: diagonal
            case .sigmoid: diagonal * y[0, row] * (1 - y[0, row])
            case .softmax: y[0, column] * (diagonal - y[0, row])
            }
        }
    }
}

extension Objective {
    /// ∂E_N/∂y_N, one row, for the last row of outputs.
    ///
    /// The entropies divide by y, and by 1 − y, here; an output that is rounded to 0 or 1, against its target, gives an
    /// infinite factor, although ∂E_N/∂a_N is finite.
    func lossByOutput(_ y: Matrix<S>) -> Matrix<S> {
        let last = layout.rows - 1
        let (weight, place) = (
            rowWeights[0, last] * S(loss.factor(outputWidth: outputWidth)), Int(places[last])
        )
        return Matrix(rows: 1, columns: y.columns) { _, column in
            let y = y[0, column]
            switch targets {
            case .classes(let classes):
                return Int(classes[place]) == column ? -weight / y : 0
            case .values(let values):
                let d = values[place, column]
                guard loss == .binaryCrossEntropy else { return 2 * weight * (y - d) }
                return weight * ((d == 1 ? 0 : (1 - d) / (1 - y)) - (d == 0 ? 0 : d / y))
            case .labels: unreachable("labels are of whole sequences, not of a last step")
            }
        }
    }
}
