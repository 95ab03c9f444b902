import RecurrentLinearAlgebra

/// The states of a layer's cells and their gradients: one matrix of each for the layer, a cell being a range of its
/// columns. States side by side are what the next layer sees, so nothing is copied for it.
///
/// The rows of S before the first step are the states that cells begin with that read forwards; those behind the last
/// step belong to cells that read backwards.
final class LayerStates<S: Scalar> {
    /// The states of all cells side by side.
    let width: Int
    /// S: (n + R) × width, and n rows more for a cell that reads backwards.
    private var states = Workspace<S>.Allocation()
    /// δS: R × width.
    private var gradients = Workspace<S>.Allocation()

    init(_ layer: RecurrentLayer) {
        width = layer.directions.count * layer.stateWidth
    }

    /// Memory for a block of sequences.
    ///
    /// - Parameter keeps: true if the states are read when the pass is over.
    func allocate(
        for block: SequenceBlock, of layer: RecurrentLayer, _ plan: UnfoldingPlan, keeps: Bool,
        in memory: BlockMemory<S>
    ) {
        let initialRows = layer.directions.count * block.sequences.count
        let rows = plan.keepsAllStates ? block.rows : plan.rows(of: block)
        states = (keeps ? memory.kept : memory.passing).allocate(rows: initialRows + rows, columns: width)
        if plan.isBackward { gradients = memory.passing.allocate(rows: plan.rows(of: block), columns: width) }
    }

    /// The number of rows of S.
    var rows: Int { states.rows }

    /// Some rows of S.
    func states(_ rows: Range<Int>) -> MutableMatrixView<S> { states[rows] }

    /// The first rows of δS.
    func gradients(_ count: Int) -> MutableMatrixView<S> { gradients.first(count) }
}
