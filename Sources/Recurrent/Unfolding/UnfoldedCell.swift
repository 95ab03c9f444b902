import RecurrentLinearAlgebra

/// A cell unfolded in time for a block of sequences: its copies over a segment of timesteps.
///
/// With n the sequences that have the segment's first step and R the rows of the segment,
///
///     S   states          R × H    s_t, made in the place of X W_x
///     δS  state gradients R × H    δs_t, then δz_t, in place
///
/// both being columns of the layer's. The states that the cell begins with, n × H, stand before the first step or,
/// for a cell that reads backwards, behind the last. Rows have the same order whichever way a cell reads.
///
/// The states of all segments stand in memory together when they are kept, in the same order; otherwise one
/// segment takes the place of the other.
final class UnfoldedCell<S: Scalar> {
    let cell: LayerCell
    private let layer: LayerStates<S>
    /// Where the cell's states stand among those of the layer.
    private let columns: Range<Int>
    private(set) var segment = BlockSegment.none
    private var keepsAllStates = false
    /// Whether elements of s_{t−1} are dropped in this pass.
    var dropsStates: Bool { stateMask != nil }
    /// Whether δz_t was clipped in this pass.
    var wasClipped = false
    /// The states that were taken back in this pass, and how many of them are saturated.
    private(set) var (stateCount, saturatedCount) = (0, 0)
    /// ‖∂E/∂s_t‖² of every step in the order in which the cell reads, where a pass asks for it.
    var stateGradientSquares: [Double] = []

    private var carriedGradientPiece = Workspace<S>.Piece()
    private var firstGradientPiece = Workspace<S>.Piece()
    private var finalStatePiece = Workspace<S>.Piece()
    private var keptStatePiece = Workspace<S>.Piece()
    private var maskPiece = Workspace<S>.Piece()
    private var droppedStatePiece = Workspace<S>.Piece()
    private var scratchPiece = Workspace<S>.Piece()
    private var agedGradientPieces = (Workspace<S>.Piece(), Workspace<S>.Piece())
    private var stateMask: DropoutMask?

    init(_ cell: LayerCell, of layer: LayerStates<S>) {
        self.cell = cell
        self.layer = layer
        columns = cell.isReverse ? layer.width - cell.width..<layer.width : 0..<cell.width
    }

    /// Takes room for a block of sequences.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func prepare(
        _ block: SequenceBlock, _ plan: UnfoldingPlan, _ mask: DropoutMask?, _ memory: BlockMemory<S>
    ) {
        let (n, rows, H) = (block.sequences.count, plan.rows(of: block), cell.width)
        keepsAllStates = plan.keepsAllStates
        wasClipped = false
        (stateCount, saturatedCount) = (0, 0)
        stateMask = mask
        if plan.isBackward {
            carriedGradientPiece = memory.kept.take(n * H)
            if cell.isReverse { firstGradientPiece = memory.passing.take(n * H) }
        } else {
            finalStatePiece = memory.kept.take(n * H)
        }
        if plan.keptSegments > 0 { keptStatePiece = memory.passing.take(plan.keptSegments * n * H) }
        if plan.isBackward && plan.history != nil {
            agedGradientPieces = (memory.passing.take(rows * H), memory.passing.take(rows * H))
        }
        if !dropsStates { return }
        scratchPiece = memory.passing.take(n * H)
        maskPiece = memory.passing.take(n * H)
        if plan.isBackward { droppedStatePiece = memory.passing.take((n + rows) * H) }
    }

    /// Draws which elements of the states are dropped.
    func drawMask() {
        guard let stateMask else { return }
        let sequences = segment.block.sequences
        let factors = maskPiece.view(rows: sequences.count, columns: cell.width)
        factors.fill(1)
        factors.dropOut(probability: stateMask.probability) { stateMask.key(sequence: sequences[$0]) }
    }

    /// Turns to a segment of steps. The states before it are for the caller to put into `initialStates`,
    /// unless all are kept and it is not the first.
    func begin(_ segment: BlockSegment) { self.segment = segment }

    /// Turns to the segment that follows the one at work, and takes along the states of the sequences
    /// that go on; for a cell that reads forwards.
    func proceed(to next: BlockSegment) {
        let last = states.rows(segment.rowCount - next.initialRows..<segment.rowCount)
        segment = next
        if !keepsAllStates { initialStates.copy(from: last.readOnly) }
    }
}

// The memory as matrices. Views are valid until the next batch.
extension UnfoldedCell {
    /// Where the segment's states stand among the rows of the layer's.
    var stateRows: Range<Int> {
        let first =
            keepsAllStates ? segment.block.sequences.count + segment.firstRow : segment.initialRows
        return first..<first + segment.rowCount
    }

    /// s_t of all steps, R × H.
    var states: MutableMatrixView<S> { states(0..<segment.rowCount) }

    /// Rows of the states, counted from the segment's first step on. Those that a cell that reads forwards begins
    /// with stand before it.
    func states(_ rows: Range<Int>) -> MutableMatrixView<S> {
        let first = stateRows.lowerBound + rows.lowerBound
        return layer.states(first..<first + rows.count).columns(columns)
    }

    /// The states that the cell begins the segment with, n × H.
    ///
    /// When all are kept, the sequences that have the segment's first step are the last of the step before.
    var initialStates: MutableMatrixView<S> {
        let (rows, n) = (stateRows, segment.initialRows)
        let initial =
            cell.isReverse
            ? rows.upperBound..<rows.upperBound + n : rows.lowerBound - n..<rows.lowerBound
        return layer.states(initial).columns(columns)
    }

    /// δs_t or δz_t of all steps, R × H.
    var stateGradients: MutableMatrixView<S> { layer.gradients(segment.rowCount).columns(columns) }

    /// δz_t of the step that each sequence begins with, n × H; for a cell that reads backwards.
    var firstGradients: MutableMatrixView<S> {
        firstGradientPiece.view(rows: segment.initialRows, columns: cell.width)
    }

    /// ∂E/∂s of the last `sequences` sequences before the segment, as it flows on into the past; for the
    /// first segment ∂E/∂s_0.
    func carriedGradient(_ sequences: Int) -> MutableMatrixView<S> {
        carriedGradientPiece.view(rows: sequences, columns: cell.width)
    }

    /// The states after the last steps, n × H, of a pass without gradients.
    var finalStates: MutableMatrixView<S> {
        finalStatePiece.view(rows: segment.block.sequences.count, columns: cell.width)
    }

    /// Keeps the states of the sequences that end within the segment.
    func keepFinalStates() {
        segment.forEachEnd(within: segment.steps, backwards: cell.isReverse) { rows, sequences in
            finalStates.rows(sequences).copy(from: states.rows(rows).readOnly)
        }
    }

    /// The states before segment `number`, of its first `sequences` sequences, as the sweep left them.
    func keptStates(_ number: Int, _ sequences: Int) -> MutableMatrixView<S> {
        keptStatePiece.view(
            at: number * segment.block.sequences.count * cell.width, rows: sequences, columns: cell.width)
    }

    /// What the states of some of the block's sequences are multiplied with: 0 or 1 / (1 − probability).
    func mask(_ sequences: Range<Int>) -> MatrixView<S> {
        maskPiece.view(rows: segment.block.sequences.count, columns: cell.width).rows(sequences).readOnly
    }

    /// Rows of the states with elements dropped, counted from the segment's first step on. Those that the cell begins
    /// with stand before it, whichever way it reads.
    func droppedStates(_ rows: Range<Int>) -> MutableMatrixView<S> {
        droppedStatePiece.view(
            at: (segment.initialRows + rows.lowerBound) * cell.width, rows: rows.count, columns: cell.width)
    }

    /// A step's worth of numbers.
    func scratch(_ sequences: Int) -> MutableMatrixView<S> {
        scratchPiece.view(rows: sequences, columns: cell.width)
    }

    /// The part of δz_t that losses so many steps later contribute, R × H; two ages are held at a time.
    func agedGradient(_ age: Int) -> MutableMatrixView<S> {
        (age % 2 == 0 ? agedGradientPieces.0 : agedGradientPieces.1).view(
            rows: segment.rowCount, columns: cell.width)
    }
}

// What the gradient of W_s is made from: S₋ᵀ δZ.
extension UnfoldedCell {
    /// Calls `body` with rows of S₋, states as W_s saw them, and those of δZ for some steps that were made from them.
    ///
    /// The sequences that have the steps of a run are the last of every step. So for a cell that reads forwards
    /// their states before a step stand directly before it; for one that reads backwards the δz_t that were made
    /// from the run's states stand directly before these, and those of each sequence's first step come last.
    func forEachRecurrence(
        of steps: Range<Int>, _ body: (_ before: MatrixView<S>, _ gradients: MatrixView<S>) -> Void
    ) {
        let δZ = stateGradients.readOnly
        let made = cell.isReverse ? steps.lowerBound + 1..<steps.upperBound + 1 : steps
        for run in segment.block.runs {
            guard let run = run.within(made.clamped(to: segment.steps)) else { continue }
            let (rows, n) = (segment.rows(run.steps), run.sequences)
            let before = rows.lowerBound - n..<rows.upperBound - n
            if cell.isReverse {
                body(statesSeen(rows), δZ.rows(before))
            } else {
                body(statesSeen(before), δZ.rows(rows))
            }
        }
        if cell.isReverse && steps.upperBound == segment.steps.upperBound {
            let s_0 = dropsStates ? droppedStates(-segment.initialRows..<0) : initialStates
            body(s_0.readOnly, firstGradients.readOnly)
        }
    }

    private func statesSeen(_ rows: Range<Int>) -> MatrixView<S> {
        (dropsStates ? droppedStates(rows) : states(rows)).readOnly
    }
}

// What is asked of the last pass.
extension UnfoldedCell {
    /// The states of all sequences after a step, counted from 1; for sequences of equal length.
    func state(after step: Int) -> MatrixView<S> {
        let n = segment.block.sequences.count
        return layer.states(step * n..<(step + 1) * n).columns(columns).readOnly
    }

    /// Adds ‖∂E/∂s_t‖² of each row of a step to the step at which the cell reads it.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func record(_ gradients: MatrixView<S>, step: Int) {
        let block = segment.block
        for row in 0..<gradients.rows {
            var sum = 0.0
            for column in 0..<gradients.columns {
                let value = Double(gradients[row, column])
                sum += value * value
            }
            let length = block.length(of: block.sequences.count - gradients.rows + row)
            stateGradientSquares[cell.isReverse ? length - 1 - step : step] += sum
        }
    }

    /// Counts the states of some steps, and those of them that are saturated.
    func countStates(_ steps: Range<Int>) {
        let s = states.rows(segment.rows(steps)).readOnly
        stateCount += s.rows * s.columns
        saturatedCount += s.count(outside: cell.activation.unsaturated())
    }
}

extension Activation {
    /// The states s = Φ(z) at which |Φ'| is at least 2 % of its largest value.
    func unsaturated<S: Scalar>() -> ClosedRange<S> {
        switch self {
        case .tanh: -0.99...0.99
        case .sigmoid: 0.005...0.995
        case .relu: S.leastNonzeroMagnitude...S.infinity
        case .identity: -S.infinity...S.infinity
        }
    }
}
