import RecurrentLinearAlgebra
import Synchronization

/// A cell unfolded in time for a block of sequences: its copies over a segment of timesteps.
///
/// It keeps the memory, the order of the steps, dropout, clipping and the products; the equations are the cell's own
/// (`CellEquations`). With n the sequences that have the segment's first step and R the rows of the segment,
///
///     S   states          R × H    s_t
///     C   cell states     R × H    c_t, of an LSTM
///     Z                   R × P·H  z_t, made from X W_x, and what else a row keeps: P blocks (`CellShape`)
///     δS  state gradients R × H    δs_t
///     δZ                  R × P·H  δz_t, in the place of Z
///
/// S and δS are columns of the layer's. Of an Elman cell, which needs no more, Z stands in the place of S, and δZ in that
/// of δS. `ReadingOrder` says which rows the states stand in that the cell begins with; c stands in the same rows as s.
///
/// The states of all segments stand in memory together when they are kept, in the same order; otherwise one segment
/// takes the place of the other. Where s and c of a sequence are kept as one row, they stand side by side.
final class UnfoldedCell<S: Scalar> {
    let cell: LayerCell
    let work: PassAtWork<S>
    private let layer: LayerStates<S>
    /// The columns of the cell's states among those of the layer.
    private let columns: Range<Int>
    private(set) var order = ReadingOrder(segment: .none, isReverse: false)
    let views: StepViews<S>
    private var stateMask: DropoutMask?
    /// The workers that share the recurrence, and what each of them does of a step.
    var team = Team(capacity: 1)
    var shares: UnitShares
    private let clipped = Atomic(false)
    let counted = Atomic(0)
    let saturated = Atomic(0)
    /// Σ f of an LSTM over those states, where a pass is diagnosed.
    var forgetGateSum = 0.0
    /// ‖∂E/∂s_t‖² of every step in the order in which the cell reads, where a pass asks for it.
    var stateGradientSquares: [Double] = []

    /// R × P·H: Z, then δZ, unless they stand in the place of S and δS.
    private var gates = Workspace<S>.Allocation()
    /// C, in the same rows as the layer's S.
    private var cellStates = Workspace<S>.Allocation()
    /// n × H, or 2·H with c: ∂E/∂s before the segment, as it flows on into the past, and δc of the step at work.
    private var carriedGradients = Workspace<S>.Allocation()
    /// n × P·H: the row of δZ of the step that each sequence begins with; of a cell that reads backwards.
    private var firstGradients = Workspace<S>.Allocation()
    /// n × H, or 2·H: the states after the last steps, of a pass without gradients.
    private var lastStates = Workspace<S>.Allocation()
    /// n × H, or 2·H, for each segment: the states before it.
    private var segmentStates = Workspace<S>.Allocation()
    /// n × H: the factors of the block's states, 0 or 1 / (1 − probability).
    private var maskFactors = Workspace<S>.Allocation()
    /// (n + R) × H: the states with elements dropped, as W_s sees them.
    private var dropped = Workspace<S>.Allocation()
    /// n × H: a step with elements dropped, or δp of a step.
    private var scratch = Workspace<S>.Allocation()
    /// R × G·H: contributions to δz_t of the losses of one age, and of the age before.
    private var aged = (Workspace<S>.Allocation(), Workspace<S>.Allocation())

    init(_ cell: LayerCell, of layer: LayerStates<S>, _ work: PassAtWork<S>) {
        self.cell = cell
        self.work = work
        self.layer = layer
        views = StepViews(cell, work.weights.cells[cell.layer][cell.isReverse ? 1 : 0])
        columns = cell.isReverse ? layer.width - cell.width..<layer.width : 0..<cell.width
        shares = UnitShares(units: cell.width, panel: cell.width, count: 1)
    }

    /// Memory for a block of sequences.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func allocate(for block: SequenceBlock, dropping mask: DropoutMask?, in memory: BlockMemory<S>) {
        let (plan, passing) = (work.plan, memory.passing)
        let (n, rows) = (block.sequences.count, plan.rows(of: block))
        clipped.store(false, ordering: .relaxed)
        counted.store(0, ordering: .relaxed)
        saturated.store(0, ordering: .relaxed)
        forgetGateSum = 0
        stateGradientSquares =
            work.pass.recordsStateGradients ? Array(repeating: 0, count: plan.steps) : []
        stateMask = mask
        if !cell.isInPlace {
            let count = plan.keepsAllStates ? block.rows : rows
            gates = passing.allocate(rows: count, columns: cell.rowWidth)
        }
        if cell.shape.hasCellState {
            let memory = work.pass.keepsStates ? memory.kept : passing
            cellStates = memory.allocate(rows: layer.rows, columns: cell.width)
        }
        if plan.isBackward {
            carriedGradients = memory.kept.allocate(rows: n, columns: cell.stateWidth)
            if cell.isReverse { firstGradients = passing.allocate(rows: n, columns: cell.rowWidth) }
        } else {
            lastStates = memory.kept.allocate(rows: n, columns: cell.stateWidth)
        }
        if plan.keptSegments > 0 {
            segmentStates = passing.allocate(rows: plan.keptSegments * n, columns: cell.stateWidth)
        }
        if plan.isBackward && plan.history != nil {
            aged.0 = passing.allocate(rows: rows, columns: cell.rowWidth)
            aged.1 = passing.allocate(rows: rows, columns: cell.rowWidth)
        }
        if dropsStates || cell.shape.candidate == .afterReset {
            scratch = passing.allocate(rows: n, columns: cell.width)
        }
        if !dropsStates { return }
        maskFactors = passing.allocate(rows: n, columns: cell.width)
        if plan.isBackward || plan.hasTeams {
            dropped = passing.allocate(rows: n + rows, columns: cell.width)
        }
    }

    /// True if δz_t was clipped in this pass.
    var wasClipped: Bool { clipped.load(ordering: .relaxed) }

    var segment: BlockSegment { order.segment }

    /// True if elements of s_{t−1} are dropped in this pass.
    var dropsStates: Bool { stateMask != nil }

    var weights: CellWeights<S> { views.weights }

    /// Turns to a segment whose states before it are for the caller to provide, unless all are kept.
    func enter(_ segment: BlockSegment) { order = ReadingOrder(segment: segment, isReverse: cell.isReverse) }

    /// Draws which elements of the states are dropped.
    func drawMask() {
        guard let stateMask else { return }
        let sequences = segment.block.sequences
        let factors = maskFactors.first(sequences.count)
        factors.fill(1)
        factors.dropOut(probability: stateMask.probability) { stateMask.key(sequence: sequences[$0]) }
    }

    /// Limits the elements of some δz_t.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func clip(_ δz: MutableMatrixView<S>, to limit: S) {
        guard δz.readOnly.largestMagnitudeIgnoringNaN > limit else { return }
        δz.clamp(to: limit)
        clipped.store(true, ordering: .relaxed)
    }
}

// The memory as matrices. Views are valid until the next batch.
extension UnfoldedCell {
    /// The row of the segment's first step among those of the layer's states.
    private var firstRow: Int {
        work.plan.keepsAllStates
            ? segment.block.sequences.count + segment.firstRow : segment.initialRows
    }

    /// The rows of the segment's states among those of the layer's.
    var stateRows: Range<Int> { firstRow..<firstRow + segment.rowCount }

    /// Some rows of the states, as `ReadingOrder` counts them.
    func states(_ rows: Range<Int>) -> MutableMatrixView<S> {
        let first = firstRow + rows.lowerBound
        return layer.states(first..<first + rows.count).columns(columns)
    }

    /// S
    var states: MutableMatrixView<S> { states(0..<segment.rowCount) }

    /// Some rows of S or C, as `ReadingOrder` counts them.
    func states(_ part: StatePart, _ rows: Range<Int>) -> MutableMatrixView<S> {
        if part == .s { return states(rows) }
        let first = firstRow + rows.lowerBound
        return cellStates[first..<first + rows.count]
    }

    /// Some rows of C, or nil of a cell without c.
    func cellStates(_ rows: Range<Int>) -> MutableMatrixView<S>? {
        cell.shape.hasCellState ? states(.c, rows) : nil
    }

    /// Z
    var Z: MutableMatrixView<S> {
        if cell.isInPlace { return states }
        let first = work.plan.keepsAllStates ? segment.firstRow : 0
        return gates[first..<first + segment.rowCount]
    }

    /// δS
    var stateGradients: MutableMatrixView<S> { layer.gradients(segment.rowCount).columns(columns) }

    /// δZ
    var δZ: MutableMatrixView<S> { cell.isInPlace ? stateGradients : Z }

    /// Some rows of those columns of δZ that W_x has made.
    func inputGradients(_ rows: Range<Int>) -> MutableMatrixView<S> {
        δZ.rows(rows).columns(cell.inputColumns)
    }

    /// δc of the block's sequences, at the step that the way back has come to; in the end ∂E/∂c_0. nil of a cell without c.
    var cellGradients: MutableMatrixView<S>? {
        cell.shape.hasCellState ? allCarriedGradients.columns(cell.columns(of: .c)) : nil
    }

    /// The states that the cell begins the segment with, n × H.
    ///
    /// When all are kept, the sequences that have the segment's first step are the last of the step before.
    var initialStates: MutableMatrixView<S> { states(order.initialRows) }

    private var allCarriedGradients: MutableMatrixView<S> {
        carriedGradients.first(segment.block.sequences.count)
    }

    /// Room for ∂E/∂s before the segment of the block's sequences, n × H. For the first segment it is ∂E/∂s_0.
    var carriedStateGradients: MutableMatrixView<S> {
        allCarriedGradients.columns(cell.columns(of: .s))
    }

    /// ∂E/∂s of the last sequences of the block before the segment, in the first rows.
    func carriedGradients(of count: Int) -> MutableMatrixView<S> { carriedStateGradients.rows(0..<count) }

    /// ∂E/∂s_0 or ∂E/∂c_0 of the block's sequences, when the way back is done.
    func initialStateGradients(_ part: StatePart) -> MatrixView<S> {
        allCarriedGradients.columns(cell.columns(of: part)).readOnly
    }

    /// s or c after the last steps of the block's sequences, n × H, of a pass without gradients.
    func finalStates(_ part: StatePart) -> MutableMatrixView<S> {
        lastStates.first(segment.block.sequences.count).columns(cell.columns(of: part))
    }

    /// s or c of all sequences after a step, counted from 1; for sequences of equal length.
    func states(_ part: StatePart, after step: Int) -> MatrixView<S> {
        let n = segment.block.sequences.count
        let rows = step * n..<(step + 1) * n
        return part == .s ? layer.states(rows).columns(columns).readOnly : cellStates[rows].readOnly
    }

    /// s or c before a segment, of the sequences that have its first step.
    func states(_ part: StatePart, beforeSegment number: Int) -> MutableMatrixView<S> {
        let first = number * segment.block.sequences.count
        return segmentStates[first..<first + segment.initialRows].columns(cell.columns(of: part))
    }

    /// The factors of some of the block's sequences.
    func mask(_ sequences: Range<Int>) -> MatrixView<S> { maskFactors[sequences].readOnly }

    /// Some rows of the states as W_s sees them, as `ReadingOrder` counts them.
    func statesSeen(_ rows: Range<Int>) -> MatrixView<S> {
        (dropsStates ? droppedStates(rows) : states(rows)).readOnly
    }

    func droppedStates(_ rows: Range<Int>) -> MutableMatrixView<S> {
        let first = rows.lowerBound - order.rows.lowerBound
        return dropped[first..<first + rows.count]
    }

    /// Some rows of δZ; of a cell that reads backwards also those of each sequence's first step, which stand apart.
    func gradients(madeFrom rows: Range<Int>) -> MutableMatrixView<S> {
        let R = segment.rowCount
        guard rows.lowerBound >= R && cell.isReverse else { return δZ.rows(rows) }
        return firstGradients[rows.lowerBound - R..<rows.upperBound - R]
    }

    /// Room for a step.
    func scratch(_ count: Int) -> MutableMatrixView<S> { scratch.first(count) }

    /// The contributions to δz_t of losses this number of steps later, R × G·H; two ages are held at a time.
    func agedGradients(_ age: Int) -> MutableMatrixView<S> {
        (age % 2 == 0 ? aged.0 : aged.1).first(segment.rowCount)
    }
}
