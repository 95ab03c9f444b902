import RecurrentLinearAlgebra

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
    private var statePiece = Workspace<S>.Piece()
    private var gradientPiece = Workspace<S>.Piece()

    init(_ layer: RecurrentLayer) {
        width = layer.directions.count * layer.stateWidth
    }

    /// Takes room for a block of sequences.
    ///
    /// - Parameter keeps: whether the states are asked for when the pass is over.
    func prepare(
        _ layer: RecurrentLayer, _ block: SequenceBlock, _ plan: UnfoldingPlan, keeps: Bool,
        _ memory: BlockMemory<S>
    ) {
        let initialRows = layer.directions.count * block.sequences.count
        let rows = plan.keepsAllStates ? block.rows : plan.rows(of: block)
        statePiece = (keeps ? memory.kept : memory.passing).take((initialRows + rows) * width)
        if plan.isBackward { gradientPiece = memory.passing.take(plan.rows(of: block) * width) }
    }

    /// Some rows of S.
    func states(_ rows: Range<Int>) -> MutableMatrixView<S> {
        statePiece.view(at: rows.lowerBound * width, rows: rows.count, columns: width)
    }

    /// δS of so many rows.
    func gradients(_ rows: Int) -> MutableMatrixView<S> { gradientPiece.view(rows: rows, columns: width) }
}
