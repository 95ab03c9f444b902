/// The tuning constants of the engine. They decide how work is cut, so they belong to the problem alone, never to the
/// number of workers; changing one changes the order of sums, and so the last bits of results.
///
/// Measured on two cores of an AMD EPYC (Zen 4, AVX-512, 32 KB, 1 MB and a shared third-level cache), OpenBLAS 0.3.21,
/// in November 2026, with `make bench`.
enum Tuning {
    /// The most sequences of a block, where there are enough of them. More rows make each small product more efficient;
    /// fewer make more blocks for the workers and keep a block's states in the second-level cache.
    static let blockSequences = 16

    /// A batch of fewer sequences is one block: the recurrence of one or two sequences is bound by the weights that
    /// come from the second-level cache, so two blocks of them would read these twice.
    static let fewestSequencesOfTwoBlocks = 4

    /// The tokens of a batch are looked up in a table of the vocabulary, the fastest way, if that has at most this many
    /// entries for each token and `tableEntries` more. Otherwise a dictionary takes less memory.
    static let tableEntriesPerToken = 16
    static let tableEntries = 4096

    /// About this many rows make a chunk. More are better for the products over many steps; fewer leave the chunk in
    /// the cache from X W_x to the losses.
    static let chunkRows = 256

    /// About this many bytes make a segment, of all blocks together: states and gradients that are still in the
    /// third-level cache when the gradient is summed up.
    static let segmentBytes = 4 << 20

    /// A segment has at least this many rows for each column of the gradient, which is read and written once a segment.
    static let segmentRowsPerColumn = 4

    /// `segmentBytes` of a block in a shard, of which each worker has one.
    static let shardSegmentBytes = 1 << 20

    /// The most shards. Each has a gradient of its own, to be added up; beyond 16 workers more would help.
    static let mostShards = 16

    /// From this many blocks on they are dealt into shards. Fewer are shared better block by block.
    static let fewestBlocksOfShards = 8

    /// The largest gradient, in bytes, that a shard may have of its own: beyond it the gradient leaves a processor's
    /// second-level cache, and products over several blocks at once are faster.
    static let shardGradientBytes = 2 << 20

    /// From this many multiplications on the workers share the chunks of a single block; below, some ten microseconds
    /// of work, meeting costs more than it saves.
    static let sharedChunkMultiplications = 1_000_000

    /// A segment of a single block has about this many chunks, in multiples of as many rows: enough for the other
    /// workers to follow closely, few enough for products of some size.
    static let sharedChunks = 8

    /// The workers share a phase only if rows times parameters exceed this, about 100,000 operations: as long as it
    /// takes them to meet. Does not change results.
    static let sharedPhaseOperations = 50_000

    /// The rows of a gradient tile: half of a part's rows, within these bounds. Small tiles are shared evenly, large
    /// ones make efficient products.
    static let tileRows = 32...256

    /// The most columns of a gradient tile.
    static let tileColumns = 1024

    /// The columns of a tile that is gathered by tokens, and so has all rows.
    static let tokenTileColumns = 128

    /// The elements of an item when shards are added up.
    static let shardSumElements = 8192

    /// The tokens of an item when distinct tokens are embedded.
    static let embeddedTokens = 128
}
