import LinearAlgebra

/// A block of sequences unfolded in time: the memory of its copies of the network over a segment of
/// timesteps. One worker at a time carries a block; blocks share nothing.
///
/// With n the sequences that have the segment's first step and R the rows of the segment,
///
///     S   states          (n + R) × H    the states before the segment first
///     Y   outputs             R × O      a_t, then y_t or δa_t, in place
///     δS  state gradients     R × H      δs_t, then δz_t, in place
///
/// The states of all segments stand in memory together when they are kept, in the same order; otherwise one
/// segment takes the place of the other.
final class UnfoldedBlock<S: Scalar> {
    let configuration: ElmanConfiguration
    private(set) var block = SequenceBlock([], lengths: [], firstRow: 0)
    /// Where the segment at work begins among the block's rows, and how many rows it has.
    private(set) var firstRow = 0
    private(set) var rowCount = 0
    /// n
    private(set) var initialRows = 0
    private var keepsAllStates = false
    /// The sum of the block's weighted losses so far.
    var loss = 0.0

    private var stateBuffer = AlignedBuffer<S>(count: 0)
    private var outputBuffer = AlignedBuffer<S>(count: 0)
    private var stateGradientBuffer = AlignedBuffer<S>(count: 0)
    private var carriedGradientBuffer = AlignedBuffer<S>(count: 0)
    private var keptStateBuffer = AlignedBuffer<S>(count: 0)

    init(_ configuration: ElmanConfiguration) { self.configuration = configuration }

    /// The elements that a block takes.
    static func elements(
        for block: SequenceBlock, _ configuration: ElmanConfiguration, _ plan: UnfoldingPlan
    ) -> Int {
        let (H, O) = (configuration.stateWidth, configuration.outputWidth)
        let n = block.sequences.count
        let rows = plan.rows(of: block)
        let stateRows = n + (plan.keepsAllStates ? block.rows : rows)
        let backward = plan.isBackward ? (rows + n) * H : 0
        return stateRows * H + rows * O + backward + plan.keptSegments * n * H
    }

    /// Makes room for a block of sequences, and takes it up.
    func prepare(_ block: SequenceBlock, _ plan: UnfoldingPlan) {
        let (H, O) = (configuration.stateWidth, configuration.outputWidth)
        let (n, rows) = (block.sequences.count, plan.rows(of: block))
        self.block = block
        loss = 0
        keepsAllStates = plan.keepsAllStates
        Self.reserve(&stateBuffer, (n + (keepsAllStates ? block.rows : rows)) * H)
        Self.reserve(&outputBuffer, rows * O)
        if plan.isBackward {
            Self.reserve(&stateGradientBuffer, rows * H)
            Self.reserve(&carriedGradientBuffer, n * H)
        }
        Self.reserve(&keptStateBuffer, plan.keptSegments * n * H)
    }

    private static func reserve(_ buffer: inout AlignedBuffer<S>, _ count: Int) {
        if buffer.count < count { buffer = AlignedBuffer(count: count) }
    }

    /// Turns to a segment of steps. The states before it are for the caller to put into `initialStates`,
    /// unless all are kept and it is not the first.
    func begin(_ segment: Range<Int>) {
        let rows = block.rows(in: segment)
        (firstRow, rowCount) = (rows.lowerBound, rows.count)
        initialRows = block.active(at: segment.lowerBound)
    }

    /// Turns to the segment that follows the one at work, and takes along the states of the sequences
    /// that go on.
    func proceed(to segment: Range<Int>) {
        if keepsAllStates { return begin(segment) }
        let last = initialRows + rowCount
        let goingOn = block.active(at: segment.lowerBound)
        let states = stateBuffer.view(rows: last, columns: configuration.stateWidth)
        states.rows(0..<goingOn).copy(from: states.rows(last - goingOn..<last).readOnly)
        begin(segment)
    }

    /// The rows of some steps among those of the segment.
    func rows(_ steps: Range<Int>) -> Range<Int> {
        let rows = block.rows(in: steps)
        return rows.lowerBound - firstRow..<rows.upperBound - firstRow
    }

    /// The rows of some steps among those of the batch.
    func batchRows(_ steps: Range<Int>) -> Range<Int> {
        let rows = block.rows(in: steps)
        return block.firstRow + rows.lowerBound..<block.firstRow + rows.upperBound
    }
}

// The memory as matrices. Views are valid until the next batch.
extension UnfoldedBlock {
    /// The states before the segment and s_t of all its steps, (n + R) × H.
    ///
    /// When all are kept, the sequences that have the segment's first step are the last of the step before.
    var allStates: MutableMatrixView<S> {
        let before = keepsAllStates ? block.sequences.count + firstRow - initialRows : 0
        return stateBuffer.view(
            at: before * configuration.stateWidth, rows: initialRows + rowCount,
            columns: configuration.stateWidth)
    }

    /// The states before the segment, n × H.
    var initialStates: MutableMatrixView<S> { allStates.rows(0..<initialRows) }

    /// S₊: s_t of all steps, R × H.
    var states: MutableMatrixView<S> { allStates.rows(initialRows..<initialRows + rowCount) }

    /// S₋: s_{t−1} for the steps of a run. The sequences that have them are the last of every step, so
    /// their states stand directly before the run's own.
    func statesBefore(_ run: SequenceBlock.Run) -> MatrixView<S> {
        let first = initialRows + run.firstRow - firstRow - run.sequences
        return allStates.rows(first..<first + run.rows.count).readOnly
    }

    /// a_t, y_t or δa_t of all steps, R × O.
    var outputs: MutableMatrixView<S> {
        outputBuffer.view(rows: rowCount, columns: configuration.outputWidth)
    }

    /// δs_t or δz_t of all steps, R × H.
    var stateGradients: MutableMatrixView<S> {
        stateGradientBuffer.view(rows: rowCount, columns: configuration.stateWidth)
    }

    /// ∂E/∂s of the last `sequences` sequences before the segment, as it flows on into the past; for the
    /// first segment ∂E/∂s_0.
    func carriedGradient(_ sequences: Int) -> MutableMatrixView<S> {
        carriedGradientBuffer.view(rows: sequences, columns: configuration.stateWidth)
    }

    /// The states before segment `number`, of its first `sequences` sequences, as the sweep left them.
    func keptStates(_ number: Int, _ sequences: Int) -> MutableMatrixView<S> {
        let width = configuration.stateWidth
        return keptStateBuffer.view(
            at: number * block.sequences.count * width, rows: sequences, columns: width)
    }
}
