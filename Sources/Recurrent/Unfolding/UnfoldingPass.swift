import RecurrentLinearAlgebra

/// The inputs of one pass, and what is asked of it.
struct UnfoldingPass<S: Scalar> {
    var parameters: Parameters<S>
    var batch: SequenceBatch<S>
    /// nil where outputs are wanted, not a loss.
    var objective: Objective<S>?
    /// s_0, B × H; the network's own, or zero, if there is none.
    var initialState: Matrix<S>?
    var wantsInputGradient = false
    /// False for outputs before σ.
    var appliesOutputFunction = true
    /// Decides which elements are dropped; nothing is dropped without it.
    var dropoutSeed: UInt64?
    /// δz_t of each step is clipped to ± this.
    var stepLimit: S?
    /// True if states are read when the pass is over.
    var keepsStates = false
    /// True if the cells record ‖∂E/∂s_t‖ of every step.
    var recordsStateGradients = false
}
