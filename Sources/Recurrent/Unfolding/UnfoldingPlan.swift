/// Which states an unfolding keeps for the way back.
public enum StateStorage: Sendable {
    /// All: T·B·H numbers, and as many gradients.
    case kept
    /// Those before every √T-th step; the others are computed again on the way back. Memory grows with
    /// √T, time by a third of the backward pass or less. For very long sequences.
    case recomputed
}

/// How the timesteps of a batch are cut: into segments, whose states stand in memory together, and
/// these into chunks, whose products are made together while they are in the cache. Depends on the batch
/// only.
struct UnfoldingPlan {
    /// T
    let steps: Int
    let isBackward: Bool
    let segmentSteps: Int
    let chunkSteps: Int
    /// The most sequences of a block.
    let blockSequences: Int
    /// How many segments have their first states kept.
    let keptSegments: Int

    /// About so many rows make a chunk.
    private static var chunkRows: Int { 256 }

    init(_ layout: BatchLayout, backward: Bool, _ storage: StateStorage) {
        steps = layout.steps
        isBackward = backward
        blockSequences = layout.blocks.reduce(1) { max($0, $1.sequences.count) }
        chunkSteps = max(1, Self.chunkRows / blockSequences)
        switch (backward, storage) {
        case (false, _): segmentSteps = chunkSteps
        case (true, .kept): segmentSteps = layout.steps
        case (true, .recomputed): segmentSteps = Int(Double(layout.steps).squareRoot().rounded(.up))
        }
        let segments = (steps + segmentSteps - 1) / segmentSteps
        keptSegments = backward && segments > 1 ? segments : 0
    }

    var segments: Int { (steps + segmentSteps - 1) / segmentSteps }

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
