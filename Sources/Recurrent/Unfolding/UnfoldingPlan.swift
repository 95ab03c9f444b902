/// Which states an unfolding keeps for the way back.
public enum StateStorage: Sendable {
    /// All: N·H numbers for N valid steps of all sequences.
    case kept
    /// Those before every √T-th step; the others are computed again on the way back. Memory grows with
    /// √T, time by a third at most. For very long sequences.
    case recomputed
}

/// How the timesteps of a batch are cut: into segments, on which the way back and the gradient are computed while
/// they are in the cache, and these into chunks, whose products are made together. Depends on the problem
/// only.
struct UnfoldingPlan {
    /// T
    let steps: Int
    let isBackward: Bool
    let segmentSteps: Int
    /// The same for a network that reads both ways, which is one segment: so many steps are taken back at a time, at
    /// one end by the cells that read forwards, at the other by those that read backwards.
    let partSteps: Int
    let chunkSteps: Int
    /// Whether the workers share the chunks of the only block, which are shorter then: about an eighth of a segment, in
    /// multiples of eight rows. Not worth it below some ten microseconds of work.
    let sharesChunks: Bool
    /// The most sequences of a block.
    let blockSequences: Int
    /// Whether the states of all segments stand in memory together.
    let keepsAllStates: Bool
    /// How many steps back each loss reaches; all if nil.
    let history: Int?
    /// Into how many lanes the blocks of a backward pass are dealt: a worker carries the blocks of a lane one after the
    /// other from beginning to end, and sums up a gradient of the lane's own. nil where all blocks add to the same one.
    let lanes: Int?
    /// Whether a worker carries a block from beginning to end, so that the next one can use its memory.
    let carriesBlocks: Bool

    /// About so many rows make a chunk.
    private static var chunkRows: Int { 256 }
    /// About so many bytes make a segment, but at least so many rows for each of the H columns of the gradient, which
    /// is read and written once a segment.
    private static var segmentBytes: Int { 4 << 20 }
    private static var segmentRowsPerColumn: Int { 4 }
    /// The same of a block in a lane, of which each worker has one.
    private static var laneSegmentBytes: Int { 1 << 20 }

    /// - Parameter parameters: how many the network has.
    init(
        _ layout: BatchLayout, _ configuration: NetworkConfiguration, parameters: Int, backward: Bool,
        _ storage: StateStorage, history: Int?, bytesPerNumber: Int
    ) {
        steps = layout.steps
        isBackward = backward
        keepsAllStates = backward && storage == .kept
        self.history = history
        let blockSequences = layout.blocks.reduce(1) { max($0, $1.sequences.count) }
        self.blockSequences = blockSequences
        let fullChunk = max(1, Self.chunkRows / blockSequences)
        let lanes = Self.lanes(
            layout, configuration, parameters: parameters, backward: backward, storage, bytesPerNumber)
        self.lanes = lanes
        carriesBlocks = lanes != nil || !backward && !configuration.isBidirectional
        func evenly(rowWidth: Int, columns: Int) -> Int {
            let bytes = lanes == nil ? Self.segmentBytes : Self.laneSegmentBytes
            let rows = max(bytes / (rowWidth * bytesPerNumber), Self.segmentRowsPerColumn * columns)
            let most = max(1, rows / (lanes == nil ? layout.sequences : blockSequences))
            // Stretches of about the same length: none is left with a few steps.
            let count = (layout.steps + most - 1) / most
            return max(1, (layout.steps + count - 1) / count)
        }
        // A layer that reads backwards begins at the end, and ages are steps of the whole sequence.
        if configuration.isBidirectional || backward && history != nil {
            segmentSteps = layout.steps
            // A layer is worked after the other.
            partSteps = evenly(
                rowWidth: configuration.cells.reduce(1) { max($0, $1.inputWidth + 4 * $1.width) },
                columns: configuration.cells.reduce(1) { max($0, $1.width) })
        } else {
            switch (backward, storage) {
            case (false, _): segmentSteps = fullChunk
            case (true, .recomputed): segmentSteps = Int(Double(layout.steps).squareRoot().rounded(.up))
            case (true, .kept):
                segmentSteps = evenly(
                    rowWidth: configuration.inputWidth + 2 * configuration.stateWidth
                        + configuration.outputWidth,
                    columns: configuration.stateWidth)
            }
            partSteps = segmentSteps
        }
        let multiplications = (backward ? 3 : 1) * layout.rows * parameters
        sharesChunks =
            layout.blocks.count == 1 && !configuration.isBidirectional && multiplications > 1_000_000
        let eighth = (min(segmentSteps, steps) + 7) / 8
        chunkSteps = sharesChunks ? min((eighth + 7) / 8 * 8, fullChunk) : fullChunk
    }

    /// Lanes are for many blocks. They spare the states the way to memory and back, and the workers their meetings,
    /// while the gradient of the weights fits into a processor's own cache; where it is larger, or a block has fewer
    /// rows than the gradient, the products over several blocks at once are faster. The gradients of all lanes take
    /// at most as much memory as the states.
    private static func lanes(
        _ layout: BatchLayout, _ configuration: NetworkConfiguration, parameters: Int, backward: Bool,
        _ storage: StateStorage, _ bytesPerNumber: Int
    ) -> Int? {
        let (blocks, lanes) = (layout.blocks.count, min(layout.blocks.count, 16))
        let width = configuration.cells.reduce(0) { max($0, $1.width) }
        let isOneWay = !configuration.isBidirectional && configuration.embeddingWidth == nil
        let fits =
            parameters * bytesPerNumber <= 2 << 20
            && lanes * parameters <= layout.rows * configuration.stateWidth
        let isTall = layout.rows >= width * blocks
        return backward && storage == .kept && isOneWay && blocks >= 8 && fits && isTall ? lanes : nil
    }

    var segments: Int { (steps + segmentSteps - 1) / segmentSteps }

    /// Whether all states are computed first, before the way back begins.
    var sweeps: Bool { isBackward && segments > 1 }

    /// How many segments have the states before them kept by themselves.
    var keptSegments: Int { sweeps && !keepsAllStates ? segments : 0 }

    /// The steps of a segment, counted from 0.
    func segment(_ number: Int) -> Range<Int> {
        number * segmentSteps..<min((number + 1) * segmentSteps, steps)
    }

    var parts: Int { (steps + partSteps - 1) / partSteps }

    /// The steps of a part, counted from 0 or, backwards, from the last.
    func part(_ number: Int, backwards: Bool) -> Range<Int> {
        let number = backwards ? parts - 1 - number : number
        return number * partSteps..<min((number + 1) * partSteps, steps)
    }

    /// How many chunks the steps of a segment are.
    func chunkCount(of segment: Range<Int>) -> Int { (segment.count + chunkSteps - 1) / chunkSteps }

    /// The steps of a chunk of a segment.
    func chunk(_ number: Int, of segment: Range<Int>) -> Range<Int> {
        let first = segment.lowerBound + number * chunkSteps
        return first..<min(first + chunkSteps, segment.upperBound)
    }

    /// Calls `body` with the chunks of a segment, one after the other or backwards.
    func forEachChunk(of segment: Range<Int>, backwards: Bool = false, _ body: (Range<Int>) -> Void) {
        let count = chunkCount(of: segment)
        for index in 0..<count { body(chunk(backwards ? count - 1 - index : index, of: segment)) }
    }

    /// The most rows that a segment of a block has.
    func rows(of block: SequenceBlock) -> Int {
        min(block.rows, segmentSteps * block.sequences.count)
    }
}
