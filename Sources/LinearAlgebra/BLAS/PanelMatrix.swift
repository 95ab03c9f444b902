/// A matrix that stands on the right of many products with few rows, kept in the form they are fastest with:
/// cut into panels of columns, each by rows without gaps.
///
/// Where the library computes small products in place (`BLASLibrary.unpackedProductLimit`), a product is cut
/// into tiles below that limit, and the panels give each tile an operand that stays in the cache. Elsewhere
/// there is one panel, and a product is one call. How a product is cut depends on its shape only.
package final class PanelMatrix<S: Scalar> {
    package private(set) var rows = 0
    package private(set) var columns = 0
    private var panelWidth = 1
    private var buffer = AlignedBuffer<S>(count: 0)

    /// The width of a panel in bytes: four registers of AVX-512.
    private static var panelBytes: Int { 256 }
    /// The largest number of terms of a sum that a tile adds up in one go.
    private static var depth: Int { 512 }

    package init() {}

    /// Takes a copy of `source`, which may be transposed.
    ///
    /// - Parameter forRows: the most rows that the products will have. A single row runs as gemv, for which
    ///   the matrix stays whole.
    package func copy(_ source: MatrixView<S>, forRows: Int) {
        (rows, columns) = (source.rows, source.columns)
        let isCut = forRows > 1 && BLASLibrary.unpackedProductLimit != nil
        panelWidth = isCut ? Self.panelBytes / MemoryLayout<S>.stride : max(columns, 1)
        if buffer.count < rows * columns { buffer = AlignedBuffer(count: rows * columns) }
        for first in stride(from: 0, to: columns, by: panelWidth) {
            let range = first..<min(first + panelWidth, columns)
            panel(range).copy(from: source.columns(range))
        }
    }

    /// C ← A P + β C, P being this matrix.
    ///
    /// - Precondition: A is m × `rows` and C is m × `columns`.
    @specialized(where S == Double)
    @specialized(where S == Float)
    package func multiply(_ a: MatrixView<S>, beta: S, into c: MutableMatrixView<S>) {
        guard panelWidth < columns || a.rows * rows * columns > tileLimit, a.rows > 0 else {
            return gemm(a, panel(0..<columns).readOnly, beta: beta, into: c)
        }
        for first in stride(from: 0, to: columns, by: panelWidth) {
            let range = first..<min(first + panelWidth, columns)
            multiply(a, panel(range).readOnly, beta: beta, into: c.columns(range))
        }
    }

    /// One panel: its rows in turn of at most `depth`, those of A in turns that keep below the limit.
    private func multiply(
        _ a: MatrixView<S>, _ panel: MatrixView<S>, beta: S, into c: MutableMatrixView<S>
    ) {
        for firstTerm in stride(from: 0, to: max(rows, 1), by: Self.depth) {
            let terms = firstTerm..<min(firstTerm + Self.depth, rows)
            let height = max(8, tileLimit / (panelWidth * max(terms.count, 1)) & ~7)
            for firstRow in stride(from: 0, to: a.rows, by: height) {
                let range = firstRow..<min(firstRow + height, a.rows)
                gemm(
                    a.rows(range).columns(terms), panel.rows(terms), beta: firstTerm == 0 ? beta : 1,
                    into: c.rows(range))
            }
        }
    }

    private var tileLimit: Int { BLASLibrary.unpackedProductLimit ?? .max }

    /// A panel by the columns it has: the panels stand one after the other.
    private func panel(_ range: Range<Int>) -> MutableMatrixView<S> {
        buffer.view(at: range.lowerBound * rows, rows: rows, columns: range.count)
    }
}
