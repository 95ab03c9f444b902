import RecurrentLinearAlgebra

/// The gradients of the lanes of a pass, each the sum over the lane's blocks, and their sum.
///
/// The first lane's stands where the sum is wanted; the others are added to it in their order.
final class LaneGradients<S: Scalar> {
    private let count: Int
    private var buffers: [AlignedBuffer<S>] = []

    /// - Parameter count: the number of parameters.
    init(count: Int) { self.count = count }

    /// Makes room for so many lanes.
    func reserve(lanes: Int) {
        while buffers.count < lanes - 1 { buffers.append(AlignedBuffer(count: count)) }
    }

    /// The gradient of a lane, to be filled.
    func lane(_ number: Int, sum: MutableVectorView<S>) -> MutableVectorView<S> {
        number == 0 ? sum : buffers[number - 1].vector
    }

    private var itemSize: Int { 8192 }
    /// How many items of work the sum is.
    var items: Int { (count + itemSize - 1) / itemSize }

    /// Adds all lanes for a stretch of the parameters.
    func add(_ item: Int, lanes: Int, to sum: MutableVectorView<S>) {
        let range = item * itemSize..<min((item + 1) * itemSize, count)
        for lane in 1..<lanes {
            axpy(1, buffers[lane - 1].vector.elements(range).readOnly, into: sum.elements(range))
        }
    }
}
