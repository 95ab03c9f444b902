/// The product of a single row with a large matrix W, cut by its terms: a row of sums for each panel of rows of W, added
/// in the order of the panels.
///
/// So a worker that has some elements of the row reads only the rows of W that belong to them, which are the rows that it
/// reads in the product with Wᵀ too, and which stand together in memory.
package struct RowSums<S: Scalar> {
    private let W: MatrixView<S>
    /// 2·P × N: the sums of a step's panels and those of the step before, which others may still read.
    private let sums: MutableMatrixView<S>

    init(of W: MatrixView<S>, in sums: MutableMatrixView<S>) { (self.W, self.sums) = (W, sums) }

    /// P, the number of panels.
    static func count(of W: MatrixView<S>) -> Int {
        (W.rows + Tuning.sharedPanelColumns - 1) / Tuning.sharedPanelColumns
    }

    /// The sums of the panels of some terms, of an even or an odd step.
    ///
    /// - Parameters:
    ///   - a: those elements of the row, 1 × their number.
    ///   - terms: whole panels.
    @specialized(where S == Double)
    @specialized(where S == Float)
    package func multiply(_ a: MatrixView<S>, terms: Range<Int>, step: Int) {
        let size = Tuning.sharedPanelColumns
        for first in stride(from: terms.lowerBound, to: terms.upperBound, by: size) {
            let panel = first..<min(first + size, terms.upperBound)
            let elements = panel.lowerBound - terms.lowerBound..<panel.upperBound - terms.lowerBound
            gemv(
                W.rows(panel).transposed, a.columns(elements).row(0), beta: 0,
                into: row(first / size, step: step))
        }
    }

    /// c ← the sum of all panels' + β c, of some columns.
    @specialized(where S == Double)
    @specialized(where S == Float)
    package func add(columns: Range<Int>, step: Int, beta: S, to c: MutableMatrixView<S>) {
        if beta == 0 { c.fill(0) }
        let c = c.row(0)
        for panel in 0..<Self.count(of: W) {
            axpy(1, row(panel, step: step).elements(columns).readOnly, into: c)
        }
    }

    private func row(_ panel: Int, step: Int) -> MutableVectorView<S> {
        sums.row(step % 2 * Self.count(of: W) + panel)
    }
}
