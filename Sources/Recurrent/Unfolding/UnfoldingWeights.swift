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

/// The weights of a pass, as the products take them: each a right-hand side, for the way back transposed. nil is what a
/// pass does not need.
final class UnfoldingWeights<S: Scalar> {
    private(set) var inputs: Panels<S>?
    private(set) var states: Panels<S>?
    private(set) var outputs: Panels<S>?
    private(set) var statesTransposed: Panels<S>?
    private(set) var outputsTransposed: Panels<S>?
    private(set) var inputsTransposed: Panels<S>?
    private let matrices = (0..<UnfoldingWeights.copies).map { _ in PanelMatrix<S>() }

    /// The copies that a pass may need; each is one item of work.
    static var copies: Int { 6 }

    /// Makes one of the copies, if the pass needs it.
    func copy(_ number: Int, for pass: UnfoldingPass<S>, _ plan: UnfoldingPlan) {
        let parameters = pass.network.parameters
        let (W_s, W_y) = (parameters.view(of: .stateWeights), parameters.view(.outputWeights))
        let W_x = parameters.view(.inputWeights)
        func panels(_ matrix: MatrixView<S>, when isNeeded: Bool = true) -> Panels<S>? {
            isNeeded ? matrices[number].panels(of: matrix, forRows: plan.blockSequences) : nil
        }
        switch number {
        case 0: states = W_s.flatMap { panels($0) }
        case 1: statesTransposed = W_s.flatMap { panels($0.transposed, when: plan.isBackward) }
        case 2: outputs = panels(W_y)
        case 3: outputsTransposed = panels(W_y.transposed, when: plan.isBackward)
        case 4: if case .values = pass.batch.rows { inputs = panels(W_x) }
        default: inputsTransposed = panels(W_x.transposed, when: pass.wantsInputGradient)
        }
    }
}
