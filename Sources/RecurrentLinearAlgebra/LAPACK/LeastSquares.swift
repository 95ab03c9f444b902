/// The X that minimises ‖B − A X‖ column by column; among several, the one of least norm.
///
/// Singular values of A below `smallestSingularValue` times the largest count as zero, so columns may be constant
/// or depend on each other. By LAPACK's gelsd (SVD, divide and conquer). Cost: O(m n min(m, n)).
///
/// - Parameters:
///   - a: m × n.
///   - b: m × p.
///   - smallestSingularValue: relative to the largest; nil, the default, stands for the number type's precision.
/// - Returns: the solution (n × p) and the rank of A.
/// - Precondition: A and B have the same number of rows.
/// - Throws: `FactorisationError`.
public func leastSquares<S: Scalar>(
    _ a: Matrix<S>, _ b: Matrix<S>, smallestSingularValue: S? = nil
) throws(FactorisationError) -> (solution: Matrix<S>, rank: Int) {
    requireSameCount(a.rows, b.rows, "least squares")
    guard a.rows > 0, a.columns > 0, b.columns > 0 else {
        return (Matrix(rows: a.columns, columns: b.columns), 0)
    }
    try a.requireFinite()
    try b.requireFinite()
    var overwritten = a
    // LAPACK replaces B by the solution, so the matrix must have room for both.
    var solution = Matrix<S>(rows: max(a.rows, a.columns), columns: b.columns)
    solution.withMutableView { whole in b.withView { whole.rows(0..<b.rows).copy(from: $0) } }
    let values = AlignedBuffer<S>(count: min(a.rows, a.columns))
    var rank: Int32 = 0
    let (m, n, p) = (blasInt(a.rows), blasInt(a.columns), blasInt(b.columns))
    let info = overwritten.withMutableView { a in
        solution.withMutableView { b in
            unsafe S._gelsd(
                m, n, p, a.base, n, b.base, p, values.pointer, smallestSingularValue ?? -1, &rank)
        }
    }
    try FactorisationError.check(info, "gelsd")
    return (solution.withView { Matrix($0.rows(0..<a.columns)) }, Int(rank))
}
