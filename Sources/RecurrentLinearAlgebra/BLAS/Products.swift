// Matrix products and rank-one updates. A view's `transposed` chooses op(A). The result must not overlap the
// operands.

/// C ← α A B + β C. With β = 0 the former contents of C, NaN included, do not matter.
///
/// A product with a single row or a single column runs as gemv, which is several times faster there, unless the
/// library computes it in place. Cost: 2·m·n·k floating-point operations.
///
/// - Precondition: A is m × k, B is k × n, C is m × n.
@specialized(where S == Double)
@specialized(where S == Float)
public func gemm<S: Scalar>(
    alpha: S = 1, _ a: MatrixView<S>, _ b: MatrixView<S>, beta: S = 0, into c: MutableMatrixView<S>
) {
    requireProduct(a, b, c)
    if c.rows == 1 && !isComputedInPlace(b) {
        return gemv(alpha: alpha, b.transposed, a.row(0), beta: beta, into: c.row(0))
    }
    if c.columns == 1 {
        return gemv(alpha: alpha, a, b.column(0), beta: beta, into: c.column(0))
    }
    guard c.rows > 0, c.columns > 0 else { return }
    unsafe S._gemm(
        a.isTransposed, b.isTransposed, blasInt(c.rows), blasInt(c.columns), blasInt(a.columns),
        alpha, a.base, blasInt(a.stride), b.base, blasInt(b.stride), beta, c.base,
        blasInt(c.stride))
}

/// True if a single row times B is faster as a product than as gemv: where the library has kernels for small
/// products and B fits into the first cache.
@inline(__always)
private func isComputedInPlace<S: Scalar>(_ b: MatrixView<S>) -> Bool {
    BLASLibrary.unpackedProductLimit != nil && b.columns > 1
        && b.rows * b.columns * MemoryLayout<S>.stride <= Tuning.singleRowProductBytes
}

/// C ← C + Aᵀ B, for A and B of many rows and C a tile of a larger matrix.
///
/// If the library computes small products in place, a few rows of A and B at a time, which then are in the
/// cache, are added to all of C, by products below the library's limit. If C itself is too large for the cache,
/// there is one product. The cuts depend on the shape only. Cost: 2·m·n·k floating-point operations.
///
/// - Precondition: A is k × m, B is k × n, C is m × n.
@specialized(where S == Double)
@specialized(where S == Float)
package func accumulateTransposedProduct<S: Scalar>(
    _ a: MatrixView<S>, _ b: MatrixView<S>, into c: MutableMatrixView<S>
) {
    let isCached = c.rows * c.columns < Tuning.uncachedElements
    guard let limit = BLASLibrary.unpackedProductLimit, isCached, c.rows > 1, c.columns > 1 else {
        return gemm(a.transposed, b, beta: 1, into: c)
    }
    let height = min(c.rows, Tuning.tileHeight)
    let width = min(c.columns, Tuning.tileBytes / MemoryLayout<S>.stride)
    let depth = min(Tuning.tileDepth, Tuning.rows(below: limit / (height * width)))
    for first in stride(from: 0, to: a.rows, by: depth) {
        let terms = first..<min(first + depth, a.rows)
        for firstRow in stride(from: 0, to: c.rows, by: height) {
            let rows = firstRow..<min(firstRow + height, c.rows)
            let left = a.rows(terms).columns(rows).transposed
            for firstColumn in stride(from: 0, to: c.columns, by: width) {
                let columns = firstColumn..<min(firstColumn + width, c.columns)
                gemm(left, b.rows(terms).columns(columns), beta: 1, into: c.rows(rows).columns(columns))
            }
        }
    }
}

/// y ← α A x + β y. With β = 0 the former contents of y, NaN included, do not matter.
///
/// - Precondition: A is m × n, x has n elements and y has m.
@specialized(where S == Double)
@specialized(where S == Float)
public func gemv<S: Scalar>(
    alpha: S = 1, _ a: MatrixView<S>, _ x: VectorView<S>, beta: S = 0, into y: MutableVectorView<S>
) {
    requireProduct(a, x, y)
    guard y.count > 0 else { return }
    // Libraries differ in whether 0 · NaN is 0 here, and some ignore β if the sum is empty.
    if beta == 0 { y.fill(0) }
    guard x.count > 0 else { return y.scale(by: beta == 0 ? 1 : beta) }
    let stored = a.isTransposed ? (a.columns, a.rows) : (a.rows, a.columns)
    unsafe S._gemv(
        a.isTransposed, blasInt(stored.0), blasInt(stored.1), alpha, a.base, blasInt(a.stride),
        x.base, blasInt(x.increment), beta == 0 ? 1 : beta, y.base, blasInt(y.increment))
}

/// A ← A + α x yᵀ.
///
/// - Precondition: A is m × n, x has m elements and y has n.
public func ger<S: Scalar>(
    alpha: S = 1, _ x: VectorView<S>, _ y: VectorView<S>, into a: MutableMatrixView<S>
) {
    requireOuterProduct(x, y, a)
    guard x.count > 0, y.count > 0 else { return }
    unsafe S._ger(
        blasInt(x.count), blasInt(y.count), alpha, x.base, blasInt(x.increment),
        y.base, blasInt(y.increment), a.base, blasInt(a.stride))
}

extension Matrix {
    /// A B.
    public static func * (a: Matrix, b: Matrix) -> Matrix {
        var product = Matrix(rows: a.rows, columns: b.columns)
        a.withView { a in
            b.withView { b in
                product.withMutableView { gemm(a, b, into: $0) }
            }
        }
        return product
    }

    /// A copy of Aᵀ.
    public var transposed: Matrix { withView { Matrix($0.transposed) } }
}
