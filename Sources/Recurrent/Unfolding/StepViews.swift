import RecurrentLinearAlgebra

/// The matrices of a cell over a segment, from which the rows of a step are cut.
struct StepViews<S: Scalar> {
    /// s and c of the segment's steps and those that the cell begins with.
    let s: MutableMatrixView<S>
    let c: MutableMatrixView<S>?
    /// The row of the segment's first step among these.
    let firstRow: Int
    /// Z, whose place δZ takes on the way back, unless that is in the place of δS.
    let z: MutableMatrixView<S>
    private let isInPlace: Bool

    init(_ cell: UnfoldedCell<S>) {
        let order = cell.order
        (s, c, firstRow) = (cell.states(order.rows), cell.cellStates(order.rows), -order.rows.lowerBound)
        (z, isInPlace) = (cell.Z, cell.cell.isInPlace)
    }

    /// Rows as `ReadingOrder` counts them, as rows of s and c.
    private func stateRows(_ rows: Range<Int>) -> Range<Int> {
        firstRow + rows.lowerBound..<firstRow + rows.upperBound
    }

    @inline(__always)
    func forwardStep(
        _ some: ReadingOrder.Rows, bias: MatrixView<S>?, candidateBias: MatrixView<S>?
    ) -> ForwardStep<S> {
        let (before, rows) = (stateRows(some.before), stateRows(some.rows))
        return ForwardStep(
            z: z.rows(some.rows), bias: bias, candidateBias: candidateBias, s₋: s.rows(before).readOnly,
            s: s.rows(rows),
            c: c.map { ForwardStep.Cells(before: $0.rows(before).readOnly, after: $0.rows(rows)) })
    }

    /// - Parameters:
    ///   - δs: δS of the segment.
    ///   - δs₋: δs_{t−1}, which the step adds to or sets.
    ///   - δc: δc_t of the rows, of a cell that has a c.
    @inline(__always)
    func backwardStep(
        _ some: ReadingOrder.Rows, _ δs: MutableMatrixView<S>, into δs₋: MutableMatrixView<S>, adds: Bool,
        δc: MutableMatrixView<S>?
    ) -> BackwardStep<S> {
        let (before, rows) = (stateRows(some.before), stateRows(some.rows))
        var cells: BackwardStep<S>.Cells?
        if let c, let δc {
            cells = BackwardStep.Cells(
                before: c.rows(before).readOnly, after: c.rows(rows).readOnly, δ: δc)
        }
        return BackwardStep(
            z: (isInPlace ? δs : z).rows(some.rows), s₋: s.rows(before).readOnly,
            s: s.rows(rows).readOnly, δs: δs.rows(some.rows), δs₋: δs₋, adds: adds, c: cells)
    }
}
