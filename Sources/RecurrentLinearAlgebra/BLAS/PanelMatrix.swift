/// The right-hand side of many products with few rows, stored in the form in which they are fastest: cut into
/// panels of columns, each stored by rows without gaps.
///
/// If the library computes small products in place (`BLASLibrary.unpackedProductLimit`), a product is cut into
/// tiles below that limit, and the panels give each tile an operand that stays in the cache. Elsewhere there is one
/// panel, and a product is one call, unless workers may share it. The cuts depend on the shape only.
package final class PanelMatrix<S: Scalar> {
    private var buffer = AlignedBuffer<S>(count: 0)

    package init() {}

    /// The panels of `source`, which may be transposed. A single row is multiplied by gemv, which needs no
    /// copies.
    ///
    /// - Parameters:
    ///   - forRows: the largest number of rows of the products.
    ///   - blocks: the number of blocks of columns, one for each gate, of a matrix whose products workers may share; nil
    ///     if they do not.
    /// - Returns: panels that are valid while this object and `source` live, until the next call.
    package func panels(of source: MatrixView<S>, forRows: Int, sharedBy blocks: Int? = nil) -> Panels<S> {
        let cut = ColumnCut(
            columns: source.columns, forRows: forRows, bytesPerNumber: MemoryLayout<S>.stride,
            sharedBy: blocks)
        if forRows > 1 {
            reserve(source.rows * source.columns)
            let panels = Panels(whole: source, cut: cut, memory: buffer.vector, form: .panels)
            cut.forEachPanel(of: source.columns) { panels.panel($0).copy(from: source.columns($0)) }
            return panels
        }
        guard cut.isShareable, !source.isTransposed else {
            return Panels(whole: source, cut: cut, memory: nil, form: cut.isShareable ? .columns : .whole)
        }
        let rows = 2 * RowSums<S>.count(of: source)
        reserve(rows * source.columns)
        return Panels(
            whole: source, cut: cut, memory: buffer.vector.elements(0..<rows * source.columns), form: .terms)
    }

    private func reserve(_ count: Int) { if buffer.count < count { buffer = AlignedBuffer(count: count) } }
}
