import RecurrentLinearAlgebra

/// The derivatives by the elements of a matrix, with a bound on the error of each.
package struct UncertainDerivatives: Sendable {
    package var values: Matrix<Double>
    package let uncertainty: Matrix<Double>
}
