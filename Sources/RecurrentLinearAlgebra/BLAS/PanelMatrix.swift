/// The right-hand side of many products with few rows, stored in the form in which they are fastest: cut into
/// panels of columns, each stored by rows without gaps.
///
/// If the library computes small products in place (`BLASLibrary.unpackedProductLimit`), a product is cut into
/// tiles below that limit, and the panels give each tile an operand that stays in the cache. Elsewhere there is one
/// panel, and a product is one call. The cuts depend on the shape only.
package final class PanelMatrix<S: Scalar> {
    private var buffer = AlignedBuffer<S>(count: 0)

    package init() {}

    /// The panels of `source`, which may be transposed. A single row is multiplied by gemv, which needs no
    /// panels, so for it nothing is copied.
    ///
    /// - Parameter forRows: the largest number of rows of the products.
    /// - Returns: panels that are valid while this object and `source` live, until the next call.
    package func panels(of source: MatrixView<S>, forRows: Int) -> Panels<S> {
        if forRows == 1 { return Panels(whole: source, width: max(source.columns, 1), panels: nil) }
        let count = source.rows * source.columns
        if buffer.count < count { buffer = AlignedBuffer(count: count) }
        let isCut = BLASLibrary.unpackedProductLimit != nil
        let width = isCut ? Tuning.panelBytes / MemoryLayout<S>.stride : max(source.columns, 1)
        let panels = Panels(whole: source, width: width, panels: buffer.vector)
        for first in stride(from: 0, to: source.columns, by: width) {
            let range = first..<min(first + width, source.columns)
            panels.panel(range).copy(from: source.columns(range))
        }
        return panels
    }
}
