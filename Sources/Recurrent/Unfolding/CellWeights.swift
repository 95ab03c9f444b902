import RecurrentLinearAlgebra

/// The weights of a cell as right-hand sides of its products, for the way back transposed. nil where a pass does not
/// need one.
final class CellWeights<S: Scalar> {
    /// W_x, I × G·H
    private(set) var inputs: Panels<S>?
    /// W_s, H × G·H; without the candidate's columns where that has a product of its own.
    private(set) var states: Panels<S>?
    /// W_sᵀ, G·H × H; without the candidate's rows where it is multiplied after the reset.
    private(set) var statesTransposed: Panels<S>?
    /// W_xᵀ, G·H × I
    private(set) var inputsTransposed: Panels<S>?
    /// W_s[n], H × H, of a candidate with a product of its own.
    private(set) var candidate: Panels<S>?
    /// W_s[n]ᵀ, H × H, of a candidate that is multiplied after the reset.
    private(set) var candidateTransposed: Panels<S>?
    private let cell: LayerCell
    private let matrices: [PanelMatrix<S>]

    init(_ cell: LayerCell) {
        self.cell = cell
        matrices = (0..<(cell.shape.candidate == .withOthers ? 4 : 6)).map { _ in PanelMatrix<S>() }
    }

    /// The number of copies that a pass may need; each is one item of work.
    var copies: Int { matrices.count }

    /// Makes one of the copies, if the pass needs it.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func copy(_ number: Int, for pass: UnfoldingPass<S>, _ plan: UnfoldingPlan) {
        let W_s = pass.parameters.view(of: cell.name(.stateWeights))
        let W_x = pass.parameters.view(cell.name(.inputWeights))
        let isFirst = cell.layer == 0
        func panels(_ matrix: MatrixView<S>, when isNeeded: Bool, sharedBy blocks: Int? = nil) -> Panels<S>? {
            guard isNeeded else { return nil }
            return matrices[number].panels(of: matrix, forRows: plan.blockSequences, sharedBy: blocks)
        }
        let shape = cell.shape
        /// Some of the columns of W_s.
        func columns(_ blocks: Range<Int>) -> MatrixView<S>? {
            blocks.count == shape.gates ? W_s : W_s?.columns(cell.columns(of: blocks))
        }
        let last = shape.gates - 1..<shape.gates
        switch number {
        case 0:
            let blocks = shape.addedBlocks.count
            states = columns(0..<blocks).flatMap { panels($0, when: true, sharedBy: blocks) }
        case 1:
            let W_sᵀ = columns(0..<shape.stateBlocks.count)?.transposed
            statesTransposed = W_sᵀ.flatMap { panels($0, when: plan.isBackward, sharedBy: 1) }
        case 2: inputs = panels(W_x, when: !isFirst || !pass.batch.isTokens)
        case 3:
            let isNeeded = isFirst ? pass.wantsInputGradient : plan.isBackward
            inputsTransposed = panels(W_x.transposed, when: isNeeded)
        case 4: candidate = columns(last).flatMap { panels($0, when: true, sharedBy: 1) }
        default:
            let isNeeded = plan.isBackward && shape.candidate == .afterReset
            candidateTransposed = columns(last).flatMap { panels($0.transposed, when: isNeeded, sharedBy: 1) }
        }
    }
}
