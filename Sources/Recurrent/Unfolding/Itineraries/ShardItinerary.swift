import RecurrentLinearAlgebra

/// Many blocks, dealt into shards: a worker carries the blocks of a shard one after the other from beginning to end, and
/// sums up a gradient of the shard's own. The workers meet once more, when these are added up.
final class ShardItinerary<S: Scalar>: ParallelWork {
    private enum Phase { case carry, addShards }

    package var name: String { "\(phase)" }
    private unowned let engine: UnfoldingEngine<S>
    private let (work, blocks): (PassAtWork<S>, UnfoldedBlocks<S>)
    private let gradients: ShardGradients<S>
    /// Each part of the gradient as one tile.
    private let tiles: [GradientTile]
    private var phase = Phase.carry
    private var shards = 1

    init(_ engine: UnfoldingEngine<S>) {
        self.engine = engine
        (work, blocks) = (engine.work, engine.blocks)
        gradients = ShardGradients(count: engine.work.layout.count)
        tiles = GradientTile.wholeParts(of: engine.work.layout)
    }

    func forwardAndBack() {
        shards = work.plan.shards ?? 1
        gradients.reserve(shards: shards)
        share(.carry, items: shards)
        share(.addShards, items: gradients.items)
    }

    /// The numbers of a shard's blocks: the same count for each shard.
    private func blocks(ofShard number: Int) -> Range<Int> {
        precondition(
            blocks.count % shards == 0, "\(blocks.count) blocks cannot be dealt evenly into \(shards) shards")
        let count = blocks.count / shards
        return number * count..<(number + 1) * count
    }

    private func share(_ phase: Phase, items: Int) {
        self.phase = phase
        engine.share(self, items: items)
    }

    @specialized(where S == Double)
    @specialized(where S == Float)
    package func work(on item: Int) {
        switch phase {
        case .carry: carry(shard: item)
        case .addShards: gradients.add(item, shards: shards, to: work.gradient)
        }
    }

    /// Everything that belongs to the blocks of a shard, one block after the other.
    @specialized(where S == Double)
    @specialized(where S == Float)
    private func carry(shard: Int) {
        let gradient = gradients.gradient(ofShard: shard, sum: work.gradient)
        if shard > 0 { gradient.fill(0) }
        blocks.carry(blocks(ofShard: shard)) { block in
            if work.plan.computesStatesFirst { block.computeStates() }
            for segment in (0..<work.plan.segments).reversed() {
                block.unfold(segment: segment)
                for tile in tiles { tile.accumulate(block, block.segment.steps, into: gradient) }
            }
        }
    }
}
