/// A matrix that stands on the right of many products with few rows, kept in the form they are fastest with:
/// cut into panels of columns, each by rows without gaps.
///
/// Where the library computes small products in place (`BLASLibrary.unpackedProductLimit`), a product is cut
/// into tiles below that limit, and the panels give each tile an operand that stays in the cache. Elsewhere
/// there is one panel, and a product is one call. How a product is cut depends on its shape only.
package final class PanelMatrix<S: Scalar> {
    private var buffer = AlignedBuffer<S>(count: 0)

    /// The width of a panel in bytes: four registers of AVX-512.
    private static var panelBytes: Int { 256 }

    package init() {}

    /// The panels of `source`, which may be transposed. A single row runs as gemv, for which the matrix serves
    /// as it is and is not copied.
    ///
    /// - Parameter forRows: the most rows that the products will have.
    /// - Returns: panels that are valid while this object and `source` live, and until its next call.
    package func panels(of source: MatrixView<S>, forRows: Int) -> Panels<S> {
        if forRows == 1 { return Panels(whole: source, width: max(source.columns, 1), panels: nil) }
        let count = source.rows * source.columns
        if buffer.count < count { buffer = AlignedBuffer(count: count) }
        let isCut = BLASLibrary.unpackedProductLimit != nil
        let width = isCut ? Self.panelBytes / MemoryLayout<S>.stride : max(source.columns, 1)
        let panels = Panels(whole: source, width: width, panels: buffer.vector)
        for first in stride(from: 0, to: source.columns, by: width) {
            let range = first..<min(first + width, source.columns)
            panels.panel(range).copy(from: source.columns(range))
        }
        return panels
    }
}

/// A matrix as a `PanelMatrix` holds it.
package struct Panels<S: Scalar> {
    /// The matrix itself: its shape and, without panels, its numbers.
    fileprivate let whole: MatrixView<S>
    /// The columns of a panel.
    fileprivate let width: Int
    /// The panels one after the other, or nil if the matrix serves as it is.
    fileprivate let panels: MutableVectorView<S>?

    /// The largest number of terms of a sum that a tile adds up in one go.
    private static var depth: Int { 512 }

    /// C ← A P + β C, P being this matrix.
    ///
    /// - Precondition: A is m × `rows` and C is m × `columns`.
    @specialized(where S == Double)
    @specialized(where S == Float)
    package func multiply(_ a: MatrixView<S>, beta: S, into c: MutableMatrixView<S>) {
        guard panels != nil, a.rows > 0 else { return gemm(a, whole, beta: beta, into: c) }
        for first in stride(from: 0, to: whole.columns, by: width) {
            let range = first..<min(first + width, whole.columns)
            multiply(a, panel(range).readOnly, beta: beta, into: c.columns(range))
        }
    }

    /// One panel: its rows in turns of at most `depth`, those of A in turns that keep below the limit.
    private func multiply(
        _ a: MatrixView<S>, _ panel: MatrixView<S>, beta: S, into c: MutableMatrixView<S>
    ) {
        guard let limit = BLASLibrary.unpackedProductLimit, a.rows * panel.rows * width > limit else {
            return gemm(a, panel, beta: beta, into: c)
        }
        for firstTerm in stride(from: 0, to: panel.rows, by: Self.depth) {
            let terms = firstTerm..<min(firstTerm + Self.depth, panel.rows)
            let height = max(8, limit / (width * terms.count) & ~7)
            for firstRow in stride(from: 0, to: a.rows, by: height) {
                let range = firstRow..<min(firstRow + height, a.rows)
                gemm(
                    a.rows(range).columns(terms), panel.rows(terms), beta: firstTerm == 0 ? beta : 1,
                    into: c.rows(range))
            }
        }
    }

    fileprivate func panel(_ range: Range<Int>) -> MutableMatrixView<S> {
        guard let panels else { preconditionFailure("a matrix that serves as it is has no panels") }
        return panels.matrix(at: range.lowerBound * whole.rows, rows: whole.rows, columns: range.count)
    }
}
