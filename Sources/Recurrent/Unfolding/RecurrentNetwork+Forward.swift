import RecurrentLinearAlgebra

extension RecurrentNetwork {
    /// Runs the network over a batch: all states, all outputs, the final states.
    ///
    /// For one batch; for many, `Unfolding.forward` takes no new memory.
    ///
    /// - Parameters:
    ///   - batch: T timesteps of B sequences of width I.
    ///   - initialState: s_0, B × H, the states of all layers side by side; by default the network's own, or zero.
    ///   - workers: the number of threads that share the work; 1 by default.
    /// - Throws: `PassError` if batch or s_0 do not fit the network, if s_0 is not finite, or if a few steps do not fit into
    ///   memory.
    /// - Precondition: `workers` is at least 1.
    ///
    /// Cost: 2·N·(I·H + H·H + H·O) operations for N valid steps, and the memory of the result.
    public func forward(
        _ batch: SequenceBatch<S>, from initialState: Matrix<S>? = nil, workers: Int = 1
    ) throws(PassError) -> ForwardPass<S> {
        var result = ForwardPass(for: batch, self, states: true)
        let unfolding = Unfolding(for: self, workers: workers)
        try unfolding.forward(self, on: batch, from: initialState, into: &result)
        return result
    }
}
