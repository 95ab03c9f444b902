import RecurrentLinearAlgebra

/// The weights of a cell as right-hand sides of its products, for the way back transposed. nil where a pass does not
/// need one.
final class CellWeights<S: Scalar> {
    /// W_x, I × G·H
    private(set) var inputs: Panels<S>?
    /// W_s, H × G·H
    private(set) var states: Panels<S>?
    /// W_sᵀ, G·H × H
    private(set) var statesTransposed: Panels<S>?
    /// W_xᵀ, G·H × I
    private(set) var inputsTransposed: Panels<S>?
    private let cell: LayerCell
    private let matrices = (0..<CellWeights.copies).map { _ in PanelMatrix<S>() }

    init(_ cell: LayerCell) { self.cell = cell }

    /// The number of copies that a pass may need; each is one item of work.
    static var copies: Int { 4 }

    /// Makes one of the copies, if the pass needs it.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func copy(_ number: Int, for pass: UnfoldingPass<S>, _ plan: UnfoldingPlan) {
        let W_s = pass.parameters.view(of: cell.name(.stateWeights))
        let W_x = pass.parameters.view(cell.name(.inputWeights))
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
