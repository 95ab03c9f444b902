/// A matrix cut into panels of columns; `PanelMatrix` holds their memory.
package struct Panels<S: Scalar> {
    /// The matrix itself: its shape and, without panels, its elements.
    private let whole: MatrixView<S>
    /// The number of columns of a panel; the last may have fewer.
    private let width: Int
    /// The panels, one after the other, or nil if products take the matrix as it is.
    private let panels: MutableVectorView<S>?

    init(whole: MatrixView<S>, width: Int, panels: MutableVectorView<S>?) {
        self.whole = whole
        self.width = width
        self.panels = panels
    }

    /// C ← A P + β C, with P this matrix.
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

    /// C ← A P + β C for one panel P, in products of at most `Tuning.panelDepth` terms that stay below the
    /// library's limit.
    private func multiply(
        _ a: MatrixView<S>, _ panel: MatrixView<S>, beta: S, into c: MutableMatrixView<S>
    ) {
        guard let limit = BLASLibrary.unpackedProductLimit, a.rows * panel.rows * width > limit else {
            return gemm(a, panel, beta: beta, into: c)
        }
        for firstTerm in stride(from: 0, to: panel.rows, by: Tuning.panelDepth) {
            let terms = firstTerm..<min(firstTerm + Tuning.panelDepth, panel.rows)
            let height = Tuning.rows(below: limit / (width * terms.count))
            for firstRow in stride(from: 0, to: a.rows, by: height) {
                let range = firstRow..<min(firstRow + height, a.rows)
                gemm(
                    a.rows(range).columns(terms), panel.rows(terms), beta: firstTerm == 0 ? beta : 1,
                    into: c.rows(range))
            }
        }
    }

    /// The memory of the panel of these columns.
    func panel(_ range: Range<Int>) -> MutableMatrixView<S> {
        guard let panels else { preconditionFailure("this matrix has no panels") }
        return panels.matrix(at: range.lowerBound * whole.rows, rows: whole.rows, columns: range.count)
    }
}
