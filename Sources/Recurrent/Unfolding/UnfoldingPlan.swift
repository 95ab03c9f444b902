/// The cuts of a batch's timesteps: into segments, on which the way back and the gradient are computed while they are in
/// the cache, and these into chunks, whose products are made together. They depend on the problem only.
struct UnfoldingPlan {
    /// T
    let steps: Int
    let isBackward: Bool
    let segmentSteps: Int
    /// The steps of a segment of the way back: of a network that reads both ways, whose states are one segment, and
    /// whose cells go back each at its own end.
    let backwardSegmentSteps: Int
    let chunkSteps: Int
    /// True if the workers share the chunks of the only block.
    let sharesChunks: Bool
    /// The most sequences of a block.
    let blockSequences: Int
    /// True if the states of all segments stand in memory together.
    let keepsAllStates: Bool
    /// The steps back that each loss reaches; all if nil.
    let history: Int?
    /// The number of shards that the blocks of a backward pass are dealt into; nil where all blocks add to one gradient.
    let shards: Int?
    /// The numbers of workers that may go through the recurrences of a block together.
    let teams: TeamSizes
    /// True if teams go through some of the recurrences.
    let hasTeams: Bool
    /// True if a worker carries a block from beginning to end, so that the next one can use its memory.
    let carriesBlocks: Bool

    init(
        _ layout: BatchLayout, _ configuration: NetworkConfiguration, backward: Bool,
        _ storage: StateStorage = .kept, history: Int? = nil, parameters: Int = 0, bytesPerNumber: Int = 8,
        workers: Int = 1
    ) {
        steps = layout.steps
        isBackward = backward
        keepsAllStates = backward && storage == .kept
        self.history = history
        let blockSequences = layout.blocks.reduce(1) { max($0, $1.sequences.count) }
        self.blockSequences = blockSequences
        let multiplications = (backward ? 3 : 1) * layout.rows * parameters
        let shards = Self.shards(
            layout, configuration, parameters: parameters, backward: backward, storage, bytesPerNumber)
        self.shards = shards
        let isLarge = multiplications > Tuning.sharedChunkMultiplications
        let mayShare = isLarge && shards == nil && (!backward || history == nil)
        let teams = TeamSizes(
            workers: mayShare ? workers / layout.blocks.count : 1, rows: blockSequences,
            bytesPerNumber: bytesPerNumber)
        let hasTeams = configuration.layers.indices.contains { teams.shares(of: $0, configuration) > 1 }
        (self.teams, self.hasTeams) = (teams, hasTeams)
        carriesBlocks = shards != nil || !backward && !configuration.isBidirectional && !hasTeams

        /// Steps per segment, evened out so that the last is not much shorter.
        func evenly(rowWidth: Int, columns: Int) -> Int {
            let bytes = shards == nil ? Tuning.segmentBytes : Tuning.shardSegmentBytes
            let rows = max(bytes / (rowWidth * bytesPerNumber), Tuning.segmentRowsPerColumn * columns)
            let most = max(1, rows / (shards == nil ? layout.sequences : blockSequences))
            let count = (layout.steps + most - 1) / most
            return max(1, (layout.steps + count - 1) / count)
        }
        /// Chunks of some steps, evened out likewise.
        func chunk(of steps: Int) -> Int {
            let isFew =
                layout.blocks.count < Tuning.fewestBlocksOfShards
                && 3 * layout.rows * parameters > Tuning.smallChunkMultiplications
            let most = max(1, (isFew ? Tuning.fewBlocksChunkRows : Tuning.chunkRows) / blockSequences)
            let count = (steps + most - 1) / most
            return max(1, (steps + count - 1) / max(count, 1))
        }
        // A layer that reads backwards begins at the end, and ages are steps of the whole sequence.
        if configuration.isBidirectional || backward && history != nil {
            segmentSteps = layout.steps
            // One layer is worked after the other.
            backwardSegmentSteps = evenly(
                rowWidth: configuration.cells.reduce(1) { max($0, $1.inputWidth + 2 * $1.unfoldedWidth) },
                columns: configuration.cells.reduce(1) { max($0, $1.gateWidth) })
        } else {
            switch (backward, storage) {
            case (false, _):
                // Several chunks for the workers to share; those of a single block are smaller.
                let chunks = hasTeams && layout.blocks.count > 1 ? Tuning.teamChunks : 1
                segmentSteps = chunk(of: steps) * chunks
            case (true, .recomputed): segmentSteps = Int(Double(layout.steps).squareRoot().rounded(.up))
            case (true, .kept):
                segmentSteps = evenly(
                    rowWidth: configuration.inputWidth + configuration.unfoldedWidth
                        + configuration.outputWidth,
                    columns: configuration.gateWidth)
            }
            backwardSegmentSteps = segmentSteps
        }
        sharesChunks = layout.blocks.count == 1 && !configuration.isBidirectional && isLarge
        // Those of a forward pass are the same whatever its segments are.
        let fullChunk = chunk(of: backward ? segmentSteps : steps)
        let count = Tuning.sharedChunks
        let share = (min(segmentSteps, steps) + count - 1) / count
        chunkSteps = sharesChunks ? min((share + count - 1) / count * count, fullChunk) : fullChunk
    }

    /// Shards are for many blocks. They spare the states the way to memory and back, and the workers their meetings,
    /// while the gradient fits into a processor's own cache. Where it is larger, or a block has fewer rows than the
    /// gradient, the products over several blocks at once are faster. The gradients of all shards take at most as much
    /// memory as the states.
    private static func shards(
        _ layout: BatchLayout, _ configuration: NetworkConfiguration, parameters: Int, backward: Bool,
        _ storage: StateStorage, _ bytesPerNumber: Int
    ) -> Int? {
        let blocks = layout.blocks.count
        let shards = min(blocks, Tuning.mostShards)
        let isOneWay = !configuration.isBidirectional && configuration.embeddingWidth == nil
        let fits =
            parameters * bytesPerNumber <= Tuning.shardGradientBytes
            && shards * parameters <= layout.rows * configuration.gateWidth
        let isTall = layout.rows >= configuration.cells.reduce(0) { max($0, $1.gateWidth) } * blocks
        let pays = backward && storage == .kept && isOneWay && fits && isTall
        return pays && blocks >= Tuning.fewestBlocksOfShards ? shards : nil
    }
}

// The segments and chunks.
extension UnfoldingPlan {
    var segments: Int { (steps + segmentSteps - 1) / segmentSteps }

    /// True if all states are computed first, before the way back begins.
    var computesStatesFirst: Bool { isBackward && segments > 1 }

    /// The number of segments whose states before the first step are kept on their own.
    var keptSegments: Int { computesStatesFirst && !keepsAllStates ? segments : 0 }

    /// The steps of a segment, counted from 0.
    func segment(_ number: Int) -> Range<Int> {
        number * segmentSteps..<min((number + 1) * segmentSteps, steps)
    }

    var backwardSegments: Int { (steps + backwardSegmentSteps - 1) / backwardSegmentSteps }

    /// The steps of a segment of the way back, counted from the first step or, of a cell that reads forwards, from the
    /// last.
    func backwardSegment(_ number: Int, fromLast: Bool) -> Range<Int> {
        let number = fromLast ? backwardSegments - 1 - number : number
        return number * backwardSegmentSteps..<min((number + 1) * backwardSegmentSteps, steps)
    }

    func chunkCount(of segment: Range<Int>) -> Int { (segment.count + chunkSteps - 1) / chunkSteps }

    /// The steps of a chunk of a segment.
    func chunk(_ number: Int, of segment: Range<Int>) -> Range<Int> {
        let first = segment.lowerBound + number * chunkSteps
        return first..<min(first + chunkSteps, segment.upperBound)
    }

    /// Calls `body` with the chunks of a segment, in the order of time or backwards.
    func forEachChunk(of segment: Range<Int>, backwards: Bool = false, _ body: (Range<Int>) -> Void) {
        let count = chunkCount(of: segment)
        for index in 0..<count { body(chunk(backwards ? count - 1 - index : index, of: segment)) }
    }

    /// The most rows that a segment of a block has.
    func rows(of block: SequenceBlock) -> Int {
        min(block.rows, segmentSteps * block.sequences.count)
    }
}
