/// The order of the sequences in an epoch: a function of seed and epoch alone, so that no checkpoint stores it.
enum EpochOrder {
    /// The batches of an epoch, each a list of sequences.
    ///
    /// - Parameters:
    ///   - lengths: the lengths of all sequences.
    ///   - batchSize: the most sequences of a batch.
    ///   - shuffles: true if the order changes from epoch to epoch.
    ///   - buckets: true if sequences of about the same length come together: within buckets of some batches
    ///     sequences are sorted by length, and the batches shuffled.
    static func batches(
        lengths: [Int], batchSize: Int, seed: UInt64, epoch: Int, shuffles: Bool, buckets: Bool
    ) -> [[Int]] {
        var generator = RandomGenerator(seed: RandomGenerator.seed(seed, epoch))
        var order = shuffles ? generator.permutation(lengths.count) : Array(lengths.indices)
        if buckets {
            let bucket = Tuning.batchesOfABucket * batchSize
            for first in stride(from: 0, to: order.count, by: bucket) {
                let range = first..<min(first + bucket, order.count)
                // Sequences of the same length stay in their random order.
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
