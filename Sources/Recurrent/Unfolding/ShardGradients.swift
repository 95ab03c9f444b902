import RecurrentLinearAlgebra

/// The gradients of the shards of a pass, each the sum over the shard's blocks, and their sum.
///
/// The first shard's stands where the sum is wanted; the others are added to it in their order.
final class ShardGradients<S: Scalar> {
    private let count: Int
    private var buffers: [AlignedBuffer<S>] = []

    /// - Parameter count: the number of parameters.
    init(count: Int) { self.count = count }

    /// Makes room.
    func reserve(shards: Int) {
        while buffers.count < shards - 1 { buffers.append(AlignedBuffer(count: count)) }
    }

    /// The gradient of a shard, to be filled.
    func gradient(ofShard number: Int, sum: MutableVectorView<S>) -> MutableVectorView<S> {
        number == 0 ? sum : buffers[number - 1].vector
    }

    /// The number of items of work that the sum is.
    var items: Int { (count + Tuning.shardSumElements - 1) / Tuning.shardSumElements }

    /// Adds up all shards for some of the parameters.
    func add(_ item: Int, shards: Int, to sum: MutableVectorView<S>) {
        let size = Tuning.shardSumElements
        let range = item * size..<min((item + 1) * size, count)
        for shard in 1..<shards {
            axpy(1, buffers[shard - 1].vector.elements(range).readOnly, into: sum.elements(range))
        }
    }
}
