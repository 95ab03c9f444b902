import LinearAlgebra

/// What one pass reads: the network, the batch and what is asked of it.
struct UnfoldingPass<S: Scalar> {
    let network: ElmanNetwork<S>
    let batch: SequenceBatch<S>
    /// nil where outputs are wanted, not a loss.
    var objective: Objective<S>?
    /// s_0, B × H; zero if there is none.
    var initialState: Matrix<S>?
    var wantsInputGradient = false
    /// Whether outputs go through σ.
    var appliesOutputFunction = true
}

/// The weights of a pass, as the products take them: each a right-hand side, for the way back transposed.
final class UnfoldingWeights<S: Scalar> {
    let inputs = PanelMatrix<S>()
    let states = PanelMatrix<S>()
    let outputs = PanelMatrix<S>()
    let statesTransposed = PanelMatrix<S>()
    let outputsTransposed = PanelMatrix<S>()
    let inputsTransposed = PanelMatrix<S>()

    /// The copies that a pass may need; each is one item of work.
    static var copies: Int { 6 }

    /// Makes one of the copies, if the pass needs it.
    func copy(_ number: Int, for pass: UnfoldingPass<S>, _ plan: UnfoldingPlan) {
        let (backward, rows) = (plan.isBackward, plan.blockSequences)
        let parameters = pass.network.parameters
        let W_s = parameters.view(of: .stateWeights)
        switch number {
        case 0: if let W_s { states.copy(W_s, forRows: rows) }
        case 1: if let W_s, backward { statesTransposed.copy(W_s.transposed, forRows: rows) }
        case 2: outputs.copy(parameters.view(.outputWeights), forRows: rows)
        case 3:
            if backward { outputsTransposed.copy(parameters.view(.outputWeights).transposed, forRows: rows) }
        case 4:
            if case .values = pass.batch.rows { inputs.copy(parameters.view(.inputWeights), forRows: rows) }
        default:
            if pass.wantsInputGradient {
                inputsTransposed.copy(parameters.view(.inputWeights).transposed, forRows: rows)
            }
        }
    }
}
