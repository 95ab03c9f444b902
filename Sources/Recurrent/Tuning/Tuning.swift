/// The tuning constants of the engine and of training. Where nothing else is said they decide how work is cut: they
/// belong to the problem alone, never to the number of workers, and changing one changes the order of sums, and so the
/// last bits of results.
///
/// Measured on two cores of an AMD EPYC (Zen 4, AVX-512; 32 KiB and 1 MiB of cache a core, and a third that is shared)
/// with OpenBLAS 0.3.21, last in November 2026, by `make bench`. Constants of a formula, as in a line search, stand with
/// the formula.
enum Tuning {
    // MARK: Batches

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

    // MARK: Segments and chunks

    /// About this many rows make a chunk. More are better for the products over many steps; fewer leave the chunk in
    /// the cache from X W_x to the losses.
    static let chunkRows = 256

    /// The same of few blocks, whose chunks many workers share, from this many multiplications on: some milliseconds of
    /// work, of which a chunk's own microsecond is little.
    static let fewBlocksChunkRows = 128
    static let smallChunkMultiplications = 100_000_000

    /// About this many bytes make a segment, of all blocks together: states and gradients that are still in the
    /// third-level cache when the gradient is summed up.
    static let segmentBytes = 4 << 20

    /// A segment has at least this many rows for each column of the gradient, which is read and written once a segment.
    static let segmentRowsPerColumn = 4

    /// `segmentBytes` of a block in a shard, of which each worker has one.
    static let shardSegmentBytes = 1 << 20

    // MARK: Shards

    /// The most shards. Each has a gradient of its own, to be added up; beyond 16 workers more would help.
    static let mostShards = 16

    /// From this many blocks on they are dealt into shards. Fewer are shared better block by block.
    static let fewestBlocksOfShards = 8

    /// The largest gradient, in bytes, that a shard may have of its own: beyond it the gradient leaves a processor's
    /// second-level cache, and products over several blocks at once are faster.
    static let shardGradientBytes = 2 << 20

    // MARK: Sharing

    /// From this many multiplications on the workers share the chunks of a single block; below, some ten microseconds
    /// of work, meeting costs more than it saves.
    static let sharedChunkMultiplications = 1_000_000

    /// A segment of a single block has about this many chunks, a multiple of as many steps each: enough for the other
    /// workers to follow closely, few enough for products of some size.
    static let sharedChunks = 8

    /// The fewest multiplications of a share of a step in a recurrence: some 400 ns, twice the time that it takes a team
    /// to meet. Does not change results.
    static let teamMultiplications = 8192

    /// The chunks of a segment of a forward pass by teams. More let the workers share the products of many steps evenly;
    /// fewer take less memory. Does not change results.
    static let teamChunks = 8

    /// The workers share a phase only if rows times parameters exceed this, about 100,000 operations: as long as it
    /// takes them to meet. Does not change results.
    static let sharedPhaseOperations = 50_000

    /// The rows of a gradient tile, in steps of the lower bound: half of a part's rows, or a quarter of many. Small tiles
    /// are shared evenly, by many workers too; large ones make efficient products.
    static let tileRows = 32...256

    /// The columns of a gradient tile, likewise.
    static let tileColumns = 64...256

    /// The columns of a tile that is gathered by tokens, and so has all rows.
    static let tokenTileColumns = 128

    /// The elements of the gradient that a worker clears at a time.
    static let clearedElements = 1 << 16

    /// The elements of an item when shards are added up.
    static let shardSumElements = 8192

    /// The tokens of an item when distinct tokens are embedded.
    static let embeddedTokens = 128

    // MARK: Training

    /// The parameters of one item of an optimiser's update, which any worker may take: large enough that some 20 µs of
    /// work outweigh handing it out, small enough that the workers end together. No result depends on it.
    static let elementsOfAnUpdate = 16_384

    /// The items from which on workers share an update. Fewer are done, in some 150 µs, before sharing has paid for
    /// itself.
    static let fewestSharedUpdates = 8

    /// The batches whose sequences are sorted by length together. With more of them batches have less padding, with
    /// fewer the order is more random. The results of every bucketed training depend on it.
    static let batchesOfABucket = 32

    /// The times in a row that a trainer goes back to the same checkpoint. By then a factor of ½ has left a thousandth
    /// of the learning rate, and data that still diverge are hopeless.
    static let mostReturns = 10

    /// A training in a task gives way to other tasks after this time. Longer, and the others wait: beside four trainings
    /// on two cores a task that sleeps for 10 ms woke at most 30 ms late, with 5 ms here at most 46 ms. A pause costs
    /// some microseconds. No result depends on it.
    static let pauseInterval = Duration.milliseconds(2)
}
