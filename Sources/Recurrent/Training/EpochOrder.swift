/// The order in which an epoch goes through sequences: a function of seed and epoch alone, so that it need not be
/// stored.
enum EpochOrder {
    /// The batches of an epoch, each a list of sequences.
    ///
    /// - Parameters:
    ///   - lengths: of all sequences.
    ///   - batchSize: the most sequences of a batch.
    ///   - shuffles: whether the order changes from epoch to epoch.
    ///   - buckets: whether sequences of about the same length come together: within stretches of 32 batches
    ///     sequences are sorted by length, and the batches shuffled.
    static func batches(
        lengths: [Int], batchSize: Int, seed: UInt64, epoch: Int, shuffles: Bool, buckets: Bool
    ) -> [[Int]] {
        var generator = RandomGenerator(seed: RandomGenerator.seed(seed, epoch))
        var order = shuffles ? generator.permutation(lengths.count) : Array(lengths.indices)
        if buckets {
            let stretch = 32 * batchSize
            for first in stride(from: 0, to: order.count, by: stretch) {
                let range = first..<min(first + stretch, order.count)
                // Sequences of one length stay in their random order.
                order.replaceSubrange(
                    range,
                    with: order[range].enumerated()
                        .sorted { (lengths[$0.element], $0.offset) < (lengths[$1.element], $1.offset) }
                        .map(\.element))
            }
        }
        let batches = stride(from: 0, to: order.count, by: batchSize).map {
            Array(order[$0..<min($0 + batchSize, order.count)])
        }
        guard shuffles && buckets else { return batches }
        return generator.permutation(batches.count).map { batches[$0] }
    }
}
