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
    let chunkSteps: Int
    /// The most sequences of a block.
    let blockSequences: Int
    /// Whether the states of all segments stand in memory together.
    let keepsAllStates: Bool
    /// How many steps back each loss reaches; all if nil.
    let history: Int?

    /// About so many rows make a chunk.
    private static var chunkRows: Int { 256 }
    /// About so many bytes make a segment, but at least so many rows for each of the H columns of the gradient, which
    /// is read and written once a segment.
    private static var segmentBytes: Int { 4 << 20 }
    private static var segmentRowsPerColumn: Int { 4 }

    init(
        _ layout: BatchLayout, _ configuration: ElmanConfiguration, backward: Bool, _ storage: StateStorage,
        history: Int?, bytesPerNumber: Int
    ) {
        steps = layout.steps
        isBackward = backward
        keepsAllStates = backward && storage == .kept
        self.history = history
        blockSequences = layout.blocks.reduce(1) { max($0, $1.sequences.count) }
        chunkSteps = max(1, Self.chunkRows / blockSequences)
        // A layer that reads backwards begins at the end, and ages are steps of the whole sequence.
        if configuration.isBidirectional || backward && history != nil {
            segmentSteps = layout.steps
            return
        }
        switch (backward, storage) {
        case (false, _): segmentSteps = chunkSteps
        case (true, .recomputed): segmentSteps = Int(Double(layout.steps).squareRoot().rounded(.up))
        case (true, .kept):
            let width = configuration.inputWidth + 2 * configuration.stateWidth + configuration.outputWidth
            let rows = max(
                Self.segmentBytes / (width * bytesPerNumber),
                Self.segmentRowsPerColumn * configuration.stateWidth)
            let most = max(1, rows / layout.sequences)
            // Segments of about the same length: none is left with a few steps.
            let count = (layout.steps + most - 1) / most
            segmentSteps = (layout.steps + count - 1) / count
        }
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

    /// Calls `body` with the chunks of a segment, one after the other.
    func forEachChunk(of segment: Range<Int>, _ body: (Range<Int>) -> Void) {
        var first = segment.lowerBound
        while first < segment.upperBound {
            let chunk = first..<min(first + chunkSteps, segment.upperBound)
            body(chunk)
            first = chunk.upperBound
        }
    }

    /// The most rows that a segment of a block has.
    func rows(of block: SequenceBlock) -> Int {
        min(block.rows, segmentSteps * block.sequences.count)
    }
}
