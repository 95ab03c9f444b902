import RecurrentLinearAlgebra

extension Unfolding {
    /// The gradients for a given ∂E/∂y, which `gradient`, `initialStateGradient` and `inputGradient` then hold: a forward
    /// pass and backpropagation through time, for a loss that the caller has computed from the outputs of `forward`.
    ///
    /// - Parameters:
    ///   - network: the network; its configuration is the unfolding's.
    ///   - batch: T timesteps of B sequences.
    ///   - outputGradient: ∂E/∂y_t, or ∂E/∂a_t, time-major: T·B × O, or B × O of a network with one output a sequence.
    ///     Rows of padding are not read. Nothing is dropped, as in `forward`.
    ///   - argument: what it is the gradient by; y_t by default.
    ///   - initialState: s_0, B × H; by default the network's own, or zero.
    ///   - inputGradient: whether ∂E/∂x_t is wanted; no by default. Tokens have none.
    ///   - stepLimit: every element of δz_t is clipped to ± this, at every step; not by default.
    /// - Throws: `PassError` if network, batch, gradient and s_0 do not belong together, if s_0 is not finite, or if the
    ///   states and gradients of the batch do not fit into memory.
    ///
    /// Cost: that of `lossAndGradient`.
    public func gradient(
        of network: RecurrentNetwork<S>, on batch: SequenceBatch<S>, outputGradient: Matrix<S>,
        by argument: OwnLoss<S>.Argument = .outputs, from initialState: Matrix<S>? = nil,
        inputGradient: Bool = false, stepLimit: S? = nil
    ) throws(PassError) {
        try requireConfiguration(configuration, network.configuration)
        try requireOutputGradient(outputGradient, of: batch, configuration)
        let objective = Objective(givenGradient: outputGradient, by: argument, on: batch, for: configuration)
        var pass = UnfoldingPass(parameters: network.parameters, batch: batch, objective: objective)
        (pass.initialState, pass.wantsInputGradient) = (initialState, inputGradient)
        pass.stepLimit = stepLimit
        _ = try differentiate(pass)
    }
}
