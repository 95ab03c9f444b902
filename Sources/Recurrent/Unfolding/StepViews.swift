import RecurrentLinearAlgebra

/// What stays the same from step to step of a cell's segment: its matrices, from which the rows of a step are cut, and its
/// weights. Looked up once for many steps, and handed on by reference, since a step of a small network takes a quarter of a
/// microsecond.
final class StepViews<S: Scalar> {
    let cell: LayerCell
    /// s and c of the segment's steps and those that the cell begins with.
    private var s: MutableMatrixView<S>
    private var c: MutableMatrixView<S>?
    /// δc of the block's sequences, of a cell that has a c.
    private var δc: MutableMatrixView<S>?
    /// The row of the segment's first step among these.
    private var firstRow = 0
    /// Z, whose place δZ takes on the way back; not used of a cell whose Z stands in the place of S.
    private var z: MutableMatrixView<S>
    /// b_s and b_n
    private(set) var bias: MatrixView<S>?
    private var candidateBias: MatrixView<S>?
    /// The factors of the states of the block's sequences, where elements of these are dropped.
    private(set) var mask: MatrixView<S>?
    let weights: CellWeights<S>

    init(_ cell: LayerCell, _ weights: CellWeights<S>) {
        (self.cell, self.weights) = (cell, weights)
        let none = Workspace<S>.Allocation().first(0)
        (s, z) = (none, none)
    }

    /// Turns to the segment at work.
    func turn(to unfolded: UnfoldedCell<S>) {
        let (order, parameters) = (unfolded.order, unfolded.work.pass.parameters)
        (s, c) = (unfolded.states(order.rows), unfolded.cellStates(order.rows))
        δc = unfolded.work.plan.isBackward ? unfolded.cellGradients : nil
        firstRow = -order.rows.lowerBound
        z = unfolded.Z
        bias = parameters.view(of: cell.name(.stateBias))
        candidateBias = cell.hasCandidateBias ? parameters.view(of: cell.name(.candidateBias)) : nil
        mask = unfolded.dropsStates ? unfolded.mask(0..<unfolded.segment.block.sequences.count) : nil
    }

    /// Some rows of s, as `ReadingOrder` counts them.
    @inline(__always)
    func states(_ rows: Range<Int>) -> MutableMatrixView<S> { s.rows(stateRows(rows)) }

    /// Rows as `ReadingOrder` counts them, as rows of s and c.
    @inline(__always)
    private func stateRows(_ rows: Range<Int>) -> Range<Int> {
        firstRow + rows.lowerBound..<firstRow + rows.upperBound
    }

    @inline(__always)
    func forwardStep(_ some: ReadingOrder.Rows) -> ForwardStep<S> {
        let (before, rows) = (stateRows(some.before), stateRows(some.rows))
        var cells: ForwardStep<S>.Cells?
        if let c { cells = ForwardStep.Cells(before: c.rows(before).readOnly, after: c.rows(rows)) }
        return ForwardStep(
            z: z.rows(some.rows), bias: bias, candidateBias: candidateBias, s₋: s.rows(before).readOnly,
            s: s.rows(rows), c: cells)
    }

    /// - Parameters:
    ///   - δs: δS of the segment.
    ///   - δs₋: δs_{t−1}, which the step adds to or sets.
    @inline(__always)
    func backwardStep(
        _ some: ReadingOrder.Rows, _ δs: MutableMatrixView<S>, into δs₋: MutableMatrixView<S>, adds: Bool
    ) -> BackwardStep<S> {
        let (before, rows) = (stateRows(some.before), stateRows(some.rows))
        var cells: BackwardStep<S>.Cells?
        if let c, let δc {
            cells = BackwardStep.Cells(
                before: c.rows(before).readOnly, after: c.rows(rows).readOnly, δ: δc.rows(some.sequences))
        }
        return BackwardStep(
            z: z.rows(some.rows), s₋: s.rows(before).readOnly, s: s.rows(rows).readOnly,
            δs: δs.rows(some.rows), δs₋: δs₋, adds: adds, c: cells)
    }
}
