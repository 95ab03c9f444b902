import LinearAlgebra

/// A cell unfolded in time for a block of sequences: the memory of its copies over a segment of timesteps.
///
/// With n the sequences that have the segment's first step and R the rows of the segment,
///
///     S   states          (n + R) × H    the states before the segment first
///     δS  state gradients     R × H      δs_t, then δz_t, in place
///
/// A cell that reads backwards holds its rows in the order in which it reads: row r is that of the block's row
/// mirror[r]. It is then a cell like any other.
///
/// The states of all segments stand in memory together when they are kept, in the same order; otherwise one
/// segment takes the place of the other.
final class UnfoldedCell<S: Scalar> {
    let cell: Cell
    private(set) var segment = BlockSegment.none
    private var keepsAllStates = false
    /// Whether elements of s_{t−1} are dropped in this pass.
    private(set) var dropsStates = false
    /// Whether δz_t was clipped in this pass.
    var wasClipped = false
    /// ‖∂E/∂s_t‖² of every step, where a pass asks for it.
    var stateGradientSquares: [Double] = []

    private var stateBuffer = AlignedBuffer<S>(count: 0)
    private var stateGradientBuffer = AlignedBuffer<S>(count: 0)
    private var carriedGradientBuffer = AlignedBuffer<S>(count: 0)
    private var keptStateBuffer = AlignedBuffer<S>(count: 0)
    private var inputOrderBuffer = AlignedBuffer<S>(count: 0)
    private var maskBuffer = AlignedBuffer<S>(count: 0)
    private var droppedStateBuffer = AlignedBuffer<S>(count: 0)
    private var scratchBuffer = AlignedBuffer<S>(count: 0)
    private var agedGradientBuffers = [AlignedBuffer<S>(count: 0), AlignedBuffer<S>(count: 0)]

    init(_ cell: Cell) { self.cell = cell }

    /// The elements that a cell takes for a block.
    static func elements(
        of cell: Cell, for block: SequenceBlock, _ plan: UnfoldingPlan, dropsStates: Bool
    ) -> Int {
        let (n, rows) = (block.sequences.count, plan.rows(of: block))
        let stateRows = n + (plan.keepsAllStates ? block.rows : rows)
        let backwardRows = plan.isBackward ? rows + n : 0
        let inputOrderRows = cell.isReverse ? rows : 0
        let droppedRows = dropsStates ? 2 * n + (plan.isBackward ? n + rows : 0) : 0
        let agedRows = plan.isBackward && plan.history != nil ? 2 * rows : 0
        return cell.width
            * (stateRows + backwardRows + plan.keptSegments * n + inputOrderRows + droppedRows + agedRows)
    }

    /// Makes room for a block of sequences.
    func prepare(_ block: SequenceBlock, _ plan: UnfoldingPlan, _ mask: DropoutMask?) {
        let (n, rows, H) = (block.sequences.count, plan.rows(of: block), cell.width)
        keepsAllStates = plan.keepsAllStates
        wasClipped = false
        dropsStates = mask != nil
        reserve(&stateBuffer, (n + (keepsAllStates ? block.rows : rows)) * H)
        if plan.isBackward {
            reserve(&stateGradientBuffer, rows * H)
            reserve(&carriedGradientBuffer, n * H)
        }
        reserve(&keptStateBuffer, plan.keptSegments * n * H)
        if cell.isReverse { reserve(&inputOrderBuffer, rows * H) }
        if plan.isBackward && plan.history != nil {
            for number in agedGradientBuffers.indices { reserve(&agedGradientBuffers[number], rows * H) }
        }
        guard let mask else { return }
        reserve(&scratchBuffer, n * H)
        reserve(&maskBuffer, n * H)
        if plan.isBackward { reserve(&droppedStateBuffer, (n + rows) * H) }
        let factors = maskBuffer.view(rows: n, columns: H)
        factors.fill(1)
        factors.dropOut(probability: mask.probability) { mask.key(sequence: block.sequences[$0]) }
    }

    /// Turns to a segment of steps. The states before it are for the caller to put into `initialStates`,
    /// unless all are kept and it is not the first.
    func begin(_ segment: BlockSegment) { self.segment = segment }

    /// Turns to the segment that follows the one at work, and takes along the states of the sequences
    /// that go on.
    func proceed(to next: BlockSegment) {
        if !keepsAllStates {
            let last = segment.initialRows + segment.rowCount
            let states = stateBuffer.view(rows: last, columns: cell.width)
            states.rows(0..<next.initialRows).copy(from: states.rows(last - next.initialRows..<last).readOnly)
        }
        segment = next
    }
}

func reserve<S>(_ buffer: inout AlignedBuffer<S>, _ count: Int) {
    if buffer.count < count { buffer = AlignedBuffer(count: count) }
}

// The memory as matrices. Views are valid until the next batch.
extension UnfoldedCell {
    /// The states before the segment and s_t of all its steps, (n + R) × H.
    ///
    /// When all are kept, the sequences that have the segment's first step are the last of the step before.
    var allStates: MutableMatrixView<S> {
        let before =
            keepsAllStates ? segment.block.sequences.count + segment.firstRow - segment.initialRows : 0
        return stateBuffer.view(
            at: before * cell.width, rows: segment.initialRows + segment.rowCount, columns: cell.width)
    }

    /// The states before the segment, n × H.
    var initialStates: MutableMatrixView<S> { allStates.rows(0..<segment.initialRows) }

    /// S₊: s_t of all steps, R × H.
    var states: MutableMatrixView<S> {
        allStates.rows(segment.initialRows..<segment.initialRows + segment.rowCount)
    }

    /// S₋: s_{t−1} for the steps of a run, as W_s saw them. The sequences that have them are the last of every
    /// step, so their states stand directly before the run's own.
    func statesBefore(_ run: SequenceBlock.Run) -> MatrixView<S> {
        let first = segment.initialRows + run.firstRow - segment.firstRow - run.sequences
        return (dropsStates ? droppedStates : allStates).rows(first..<first + run.rows.count).readOnly
    }

    /// δs_t or δz_t of all steps, R × H.
    var stateGradients: MutableMatrixView<S> {
        stateGradientBuffer.view(rows: segment.rowCount, columns: cell.width)
    }

    /// R × H in the order of the block's rows: for a cell that reads backwards X W_x, later δz_t; for others δz_t
    /// itself.
    var inInputOrder: MutableMatrixView<S> {
        guard cell.isReverse else { return stateGradients }
        return inputOrderBuffer.view(rows: segment.rowCount, columns: cell.width)
    }

    /// ∂E/∂s of the last `sequences` sequences before the segment, as it flows on into the past; for the
    /// first segment ∂E/∂s_0.
    func carriedGradient(_ sequences: Int) -> MutableMatrixView<S> {
        carriedGradientBuffer.view(rows: sequences, columns: cell.width)
    }

    /// The states before segment `number`, of its first `sequences` sequences, as the sweep left them.
    func keptStates(_ number: Int, _ sequences: Int) -> MutableMatrixView<S> {
        keptStateBuffer.view(
            at: number * segment.block.sequences.count * cell.width, rows: sequences, columns: cell.width)
    }

    /// What the states of the last `sequences` sequences are multiplied with: 0 or 1 / (1 − probability).
    func mask(_ sequences: Int) -> MatrixView<S> {
        let n = segment.block.sequences.count
        return maskBuffer.view(rows: n, columns: cell.width).rows(n - sequences..<n).readOnly
    }

    /// All states with elements dropped, in the places of `allStates`.
    var droppedStates: MutableMatrixView<S> {
        droppedStateBuffer.view(rows: segment.initialRows + segment.rowCount, columns: cell.width)
    }

    /// A step's worth of numbers.
    func scratch(_ sequences: Int) -> MutableMatrixView<S> {
        scratchBuffer.view(rows: sequences, columns: cell.width)
    }

    /// The part of δz_t that losses so many steps later contribute, R × H; two ages are held at a time.
    func agedGradient(_ age: Int) -> MutableMatrixView<S> {
        agedGradientBuffers[age % 2].view(rows: segment.rowCount, columns: cell.width)
    }
}

// What is asked of the last pass.
extension UnfoldedCell {
    /// The states of all sequences after a step, counted from 1; for sequences of equal length.
    func state(after step: Int) -> MatrixView<S> {
        let n = segment.block.sequences.count
        return stateBuffer.view(rows: (step + 1) * n, columns: cell.width).rows(step * n..<(step + 1) * n)
            .readOnly
    }

    /// Adds ‖∂E/∂s_t‖² of some rows to that of their step.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func record(_ gradients: MatrixView<S>, step: Int) {
        var sum = 0.0
        for row in 0..<gradients.rows {
            for column in 0..<gradients.columns {
                let value = Double(gradients[row, column])
                sum += value * value
            }
        }
        stateGradientSquares[step] += sum
    }

    /// How many of the segment's states are saturated, and of how many.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func countSaturated() -> (Int, Int) {
        let s = states.readOnly
        var count = 0
        for row in 0..<s.rows {
            for column in 0..<s.columns where cell.activation.isSaturated(s[row, column]) { count += 1 }
        }
        return (count, s.rows * s.columns)
    }
}

extension Activation {
    /// Whether |Φ'| at s = Φ(z) is below 2 % of its largest value.
    func isSaturated<S: Scalar>(_ s: S) -> Bool {
        switch self {
        case .tanh: abs(s) > 0.99
        case .sigmoid: s < 0.005 || s > 0.995
        case .relu: s <= 0
        case .identity: false
        }
    }
}
