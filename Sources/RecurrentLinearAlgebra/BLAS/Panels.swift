/// A matrix cut into panels; `PanelMatrix` holds their memory.
package struct Panels<S: Scalar> {
    /// The form of the products with a matrix.
    enum Form {
        /// One product with the matrix as it is.
        case whole
        /// Panels of columns, as they stand in the matrix.
        case columns
        /// Copies of panels of columns, one after the other.
        case panels
        /// The product of a single row, cut by its terms.
        case terms
    }

    /// The matrix itself: its shape and, without copies, its elements.
    private let whole: MatrixView<S>
    private let cut: ColumnCut
    /// The panels, or room for the sums of a row's terms.
    private let memory: MutableVectorView<S>?
    private let form: Form

    init(whole: MatrixView<S>, cut: ColumnCut, memory: MutableVectorView<S>?, form: Form) {
        (self.whole, self.cut, self.memory, self.form) = (whole, cut, memory, form)
    }

    /// The columns of a panel.
    package var sharedWidth: Int { cut.width }

    /// The product of a single row, if its terms are cut.
    package var sums: RowSums<S>? {
        guard form == .terms, let memory else { return nil }
        let rows = 2 * RowSums<S>.count(of: whole)
        return RowSums(of: whole, in: memory.matrix(at: 0, rows: rows, columns: whole.columns))
    }

    /// C ← A P + β C, with P this matrix.
    ///
    /// - Precondition: A is m × `rows` and C is m × `columns`.
    @specialized(where S == Double)
    @specialized(where S == Float)
    package func multiply(_ a: MatrixView<S>, beta: S, into c: MutableMatrixView<S>) {
        if form == .whole || a.rows == 0 { return gemm(a, whole, beta: beta, into: c) }
        if a.rows == 1, let sums {
            sums.multiply(a, terms: 0..<a.columns, step: 0)
            return sums.add(columns: 0..<c.columns, step: 0, beta: beta, to: c)
        }
        cut.forEachPanel(of: whole.columns) { multiply(a, $0, beta: beta, into: c.columns($0)) }
    }

    /// The same for some columns of every block: the share of one worker, who begins and ends with a panel.
    ///
    /// - Parameters:
    ///   - units: their places in a block; nil for all.
    ///   - c: the columns of C from the first of the share in the first block to its last in the last.
    @specialized(where S == Double)
    @specialized(where S == Float)
    package func multiply(
        _ a: MatrixView<S>, units: Range<Int>?, beta: S, into c: MutableMatrixView<S>
    ) {
        guard let units else { return multiply(a, beta: beta, into: c) }
        guard a.rows > 0 else { return }
        cut.forEachPanel(of: whole.columns, units: units) { range in
            let columns = range.lowerBound - units.lowerBound..<range.upperBound - units.lowerBound
            multiply(a, range, beta: beta, into: c.columns(columns))
        }
    }

    /// C ← A P + β C for one panel P.
    @inline(__always)
    private func multiply(
        _ a: MatrixView<S>, _ range: Range<Int>, beta: S, into c: MutableMatrixView<S>
    ) {
        if form != .panels { return gemm(a, whole.columns(range), beta: beta, into: c) }
        multiply(a, panel(range).readOnly, beta: beta, into: c)
    }

    /// C ← A P + β C for one panel P, in products of at most `Tuning.panelDepth` terms that stay below the
    /// library's limit.
    private func multiply(
        _ a: MatrixView<S>, _ panel: MatrixView<S>, beta: S, into c: MutableMatrixView<S>
    ) {
        let width = cut.width
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
        guard let memory else { preconditionFailure("this matrix has no panels") }
        return memory.matrix(at: range.lowerBound * whole.rows, rows: whole.rows, columns: range.count)
    }
}
