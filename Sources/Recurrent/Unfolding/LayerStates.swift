import LinearAlgebra

/// The states of a layer's cells and their gradients: one matrix of each for the layer, a cell being a range of its
/// columns. States side by side are what the next layer sees, so nothing is copied for it.
///
///     S   states           (n + R) × width, and n rows more for a cell that reads backwards
///     δS  state gradients        R × width
///
/// The rows of S before the first step are the states that cells begin with that read forwards, those behind the
/// last step the states of those that read backwards.
final class LayerStates<S: Scalar> {
    /// The states of all cells side by side.
    let width: Int
    private var stateBuffer = AlignedBuffer<S>(count: 0)
    private var gradientBuffer = AlignedBuffer<S>(count: 0)

    init(_ layer: RecurrentLayer) {
        width = layer.directions.count * layer.stateWidth
    }

    /// The rows of S.
    private static func stateRows(
        _ layer: RecurrentLayer, _ block: SequenceBlock, _ plan: UnfoldingPlan
    ) -> Int {
        layer.directions.count * block.sequences.count
            + (plan.keepsAllStates ? block.rows : plan.rows(of: block))
    }

    /// The elements that a layer's states take for a block.
    static func elements(of layer: RecurrentLayer, for block: SequenceBlock, _ plan: UnfoldingPlan) -> Int {
        let gradients = plan.isBackward ? plan.rows(of: block) : 0
        return layer.directions.count * layer.stateWidth * (stateRows(layer, block, plan) + gradients)
    }

    /// Makes room for a block of sequences.
    func prepare(_ layer: RecurrentLayer, _ block: SequenceBlock, _ plan: UnfoldingPlan) {
        reserve(&stateBuffer, Self.stateRows(layer, block, plan) * width)
        if plan.isBackward { reserve(&gradientBuffer, plan.rows(of: block) * width) }
    }

    /// Some rows of S.
    func states(_ rows: Range<Int>) -> MutableMatrixView<S> {
        stateBuffer.view(at: rows.lowerBound * width, rows: rows.count, columns: width)
    }

    /// δS of so many rows.
    func gradients(_ rows: Int) -> MutableMatrixView<S> { gradientBuffer.view(rows: rows, columns: width) }
}

func reserve<S>(_ buffer: inout AlignedBuffer<S>, _ count: Int) {
    if buffer.count < count { buffer = AlignedBuffer(count: count) }
}
