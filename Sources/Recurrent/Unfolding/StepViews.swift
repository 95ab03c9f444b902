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

    /// The rows of a step, or the columns of some units in them.
    @inline(__always)
    func forwardStep(_ some: ReadingOrder.Rows, _ units: Range<Int>? = nil) -> ForwardStep<S> {
        let (before, rows) = (stateRows(some.before), stateRows(some.rows))
        var cells: ForwardStep<S>.Cells?
        if let c {
            cells = ForwardStep.Cells(
                before: c.rows(before).of(units).readOnly, after: c.rows(rows).of(units))
        }
        return ForwardStep(
            z: gates(some.rows, 0..<cell.shape.blocks, units),
            bias: units.map { units in bias?.columns(units.lowerBound..<gateColumns(units)) } ?? bias,
            candidateBias: units.map { candidateBias?.columns($0) } ?? candidateBias,
            s₋: s.rows(before).of(units).readOnly, s: s.rows(rows).of(units), c: cells)
    }

    /// - Parameters:
    ///   - δs: δS of the segment.
    ///   - δs₋: δs_{t−1} of the units, which the step adds to or sets.
    @inline(__always)
    func backwardStep(
        _ some: ReadingOrder.Rows, _ δs: MutableMatrixView<S>, into δs₋: MutableMatrixView<S>, adds: Bool,
        _ units: Range<Int>? = nil
    ) -> BackwardStep<S> {
        let (before, rows) = (stateRows(some.before), stateRows(some.rows))
        var cells: BackwardStep<S>.Cells?
        if let c, let δc {
            cells = BackwardStep.Cells(
                before: c.rows(before).of(units).readOnly, after: c.rows(rows).of(units).readOnly,
                δ: δc.rows(some.sequences).of(units))
        }
        let δ = δs.rows(some.rows).of(units)
        return BackwardStep(
            z: cell.isInPlace ? δ : gates(some.rows, 0..<cell.shape.blocks, units),
            s₋: s.rows(before).of(units).readOnly, s: s.rows(rows).of(units).readOnly,
            δs: δ, δs₋: δs₋, adds: adds, c: cells)
    }

    /// The rows of Z in some blocks or, of some units, from their first column in the first block to their last in the
    /// last.
    @inline(__always)
    func gates(
        _ rows: Range<Int>, _ blocks: Range<Int>, _ units: Range<Int>? = nil
    ) -> MutableMatrixView<S> {
        let columns = cell.columns(of: blocks)
        guard let units else { return z.rows(rows).columns(columns) }
        return z.rows(rows).columns(
            columns.lowerBound + units.lowerBound..<columns.upperBound - cell.width + units.upperBound)
    }

    /// The factors of some units of some sequences.
    @inline(__always)
    func mask(_ some: ReadingOrder.Rows, _ units: Range<Int>) -> MatrixView<S>? {
        mask?.rows(some.sequences).columns(units)
    }

    /// The end of some units in the last gate.
    @inline(__always)
    private func gateColumns(_ units: Range<Int>) -> Int { cell.gateWidth - cell.width + units.upperBound }
}

extension MutableMatrixView {
    /// The columns of some units, or all.
    @inline(__always)
    fileprivate func of(_ units: Range<Int>?) -> MutableMatrixView {
        units.map(columns) ?? self
    }
}
