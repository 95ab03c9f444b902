import RecurrentLinearAlgebra

/// The values of one target.
public struct LossTargets<S: Scalar> {
    let values: Matrix<S>
    let row: Int

    public var count: Int { values.columns }
    public subscript(index: Int) -> S { values[row, index] }
}
