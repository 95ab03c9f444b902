import RecurrentLinearAlgebra

/// The weights of all cells and of the read-out, copied for the products of a pass.
final class UnfoldingWeights<S: Scalar> {
    /// By layer and direction.
    let cells: [[CellWeights<S>]]
    /// W_y, H × O
    private(set) var outputs: Panels<S>?
    /// W_yᵀ, O × H, of a backward pass.
    private(set) var outputsTransposed: Panels<S>?
    /// The embedding of a batch's tokens, if the network has one.
    let embedding: UnfoldedEmbedding<S>?
    private let matrices = [PanelMatrix<S>(), PanelMatrix<S>()]
    /// The items of work that the copies are, beside the two of W_y: one of a cell each.
    private let cellCopies: [(cell: CellWeights<S>, number: Int)]
    var copies: Int { 2 + cellCopies.count }

    init(_ configuration: NetworkConfiguration) {
        let cells = configuration.layers.indices.map { layer in
            configuration.cells(of: layer).map { CellWeights<S>(configuration.cells[$0]) }
        }
        self.cells = cells
        cellCopies = cells.joined().flatMap { cell in (0..<cell.copies).map { (cell, $0) } }
        embedding = configuration.embeddingWidth.map { _ in UnfoldedEmbedding(configuration) }
    }

    /// Makes one of the copies, if the pass needs it.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func copy(_ number: Int, for pass: UnfoldingPass<S>, _ plan: UnfoldingPlan) {
        let W_y = pass.parameters.view(.outputWeights)
        switch number {
        case 0:
            outputs = matrices[0].panels(of: W_y, forRows: plan.blockSequences)
        case 1:
            outputsTransposed =
                plan.isBackward ? matrices[1].panels(of: W_y.transposed, forRows: plan.blockSequences) : nil
        default:
            let (cell, number) = cellCopies[number - 2]
            cell.copy(number, for: pass, plan)
        }
    }
}
