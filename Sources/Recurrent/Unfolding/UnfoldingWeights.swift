import RecurrentLinearAlgebra

/// What one pass reads: the network, the batch and what is asked of it.
struct UnfoldingPass<S: Scalar> {
    let network: RecurrentNetwork<S>
    let batch: SequenceBatch<S>
    /// nil where outputs are wanted, not a loss.
    var objective: Objective<S>?
    /// s_0, B × H; the network's own, or zero, if there is none.
    var initialState: Matrix<S>?
    var wantsInputGradient = false
    /// Whether outputs go through σ.
    var appliesOutputFunction = true
    /// What decides which elements are dropped; nothing is without it.
    var dropoutSeed: UInt64?
    /// What δz_t of each step is clipped to.
    var stepLimit: S?
    /// Whether states are asked for when the pass is over.
    var keepsStates = false
    /// Whether the cells remember ‖∂E/∂s_t‖ of every step.
    var recordsStateGradients = false
}

/// The weights of a cell, as the products take them: each a right-hand side, for the way back transposed. nil is what
/// a pass does not need.
final class CellWeights<S: Scalar> {
    private(set) var inputs: Panels<S>?
    private(set) var states: Panels<S>?
    private(set) var statesTransposed: Panels<S>?
    private(set) var inputsTransposed: Panels<S>?
    private let cell: LayerCell
    private let matrices = (0..<CellWeights.copies).map { _ in PanelMatrix<S>() }

    init(_ cell: LayerCell) { self.cell = cell }

    /// The copies that a pass may need; each is one item of work.
    static var copies: Int { 4 }

    /// Makes one of the copies, if the pass needs it.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func copy(_ number: Int, for pass: UnfoldingPass<S>, _ plan: UnfoldingPlan) {
        let parameters = pass.network.parameters
        let W_s = parameters.view(of: cell.name(.stateWeights))
        let W_x = parameters.view(cell.name(.inputWeights))
        let isFirst = cell.layer == 0
        func panels(_ matrix: MatrixView<S>, when isNeeded: Bool) -> Panels<S>? {
            isNeeded ? matrices[number].panels(of: matrix, forRows: plan.blockSequences) : nil
        }
        switch number {
        case 0: states = W_s.flatMap { panels($0, when: true) }
        case 1: statesTransposed = W_s.flatMap { panels($0.transposed, when: plan.isBackward) }
        case 2: inputs = panels(W_x, when: !isFirst || !pass.batch.isTokens)
        default:
            let isNeeded = isFirst ? pass.wantsInputGradient : plan.isBackward
            inputsTransposed = panels(W_x.transposed, when: isNeeded)
        }
    }
}

/// The weights of all cells and of the read-out.
final class UnfoldingWeights<S: Scalar> {
    /// By layer and direction.
    let cells: [[CellWeights<S>]]
    private(set) var outputs: Panels<S>?
    private(set) var outputsTransposed: Panels<S>?
    /// What a batch of tokens is embedded with.
    let embedding: UnfoldedEmbedding<S>?
    private let matrices = [PanelMatrix<S>(), PanelMatrix<S>()]
    /// How many items of work the copies are.
    let copies: Int

    init(_ configuration: NetworkConfiguration) {
        copies = 2 + CellWeights<S>.copies * configuration.cells.count
        cells = configuration.layers.indices.map { layer in
            configuration.cells(of: layer).map { CellWeights(configuration.cells[$0]) }
        }
        embedding = configuration.embeddingWidth.map { _ in UnfoldedEmbedding(configuration) }
    }

    /// Makes one of the copies, if the pass needs it.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func copy(_ number: Int, for pass: UnfoldingPass<S>, _ plan: UnfoldingPlan) {
        let W_y = pass.network.parameters.view(.outputWeights)
        switch number {
        case 0:
            outputs = matrices[0].panels(of: W_y, forRows: plan.blockSequences)
        case 1:
            outputsTransposed =
                plan.isBackward ? matrices[1].panels(of: W_y.transposed, forRows: plan.blockSequences) : nil
        default:
            var index = (number - 2) / CellWeights<S>.copies
            for layer in cells {
                if index < layer.count {
                    return layer[index].copy((number - 2) % CellWeights<S>.copies, for: pass, plan)
                }
                index -= layer.count
            }
        }
    }
}
