import RecurrentLinearAlgebra

/// One gradient as computed in two or three ways.
package struct CheckedGradient: Sendable {
    package let name: String
    package var fromBackpropagation: Matrix<Double>
    package let fromDifferences: UncertainDerivatives
    package var fromRealTimeRecurrence: UncertainDerivatives?

    /// The element that deviates most.
    package var worst: GradientCheck.Deviation {
        let columns = max(fromBackpropagation.columns, 1)
        let elements = (0..<fromBackpropagation.rows * columns).map { deviation($0 / columns, $0 % columns) }
        return elements.max { $0.relative < $1.relative }!
    }

    package func deviation(_ row: Int, _ column: Int) -> GradientCheck.Deviation {
        let exact = fromBackpropagation[row, column]
        let relative = [fromDifferences, fromRealTimeRecurrence].compactMap { other in
            other.map {
                Self.relative(exact, $0.values[row, column], uncertainty: $0.uncertainty[row, column])
            }
        }
        return GradientCheck.Deviation(
            name: name, row: row, column: column, fromBackpropagation: exact,
            fromDifferences: fromDifferences.values[row, column],
            fromRealTimeRecurrence: fromRealTimeRecurrence?.values[row, column],
            uncertainty: fromDifferences.uncertainty[row, column], relative: relative.max() ?? 0)
    }

    /// The distance of two numbers relative to their magnitude, or to `uncertainty` / tolerance if that is larger.
    private static func relative(_ a: Double, _ b: Double, uncertainty: Double) -> Double {
        let scale = max(abs(a), abs(b), uncertainty / GradientCheck.tolerance, .leastNormalMagnitude)
        let relative = abs(a - b) / scale
        return relative.isNaN || !scale.isFinite ? .infinity : relative
    }
}
