import RecurrentLinearAlgebra

/// The findings of backpropagation through time at the states of one cell (one direction of one layer).
public struct StateDiagnosis: Sendable, Equatable {
    /// Counted from 0.
    public let layer: Int
    /// True if the cell reads backwards.
    public let isReverse: Bool
    /// ‖∂E/∂s_t‖ over all sequences of the batch, for t = 1…T in the order in which the cell reads. ∂E/∂s_t is all
    /// that reaches s_t: from the losses of its own step, from those of all later ones, and from the layers above.
    ///
    /// Norms that fall towards the first steps are a gradient that vanishes, norms that rise one that explodes.
    public let gradientNorms: [Double]
    /// The share of states where |Φ'| is below 2 % of its largest value. Of an LSTM or a GRU the share of the values of
    /// gates and candidates, all counted alike, at which the derivative of their σ or tanh is that small: the gate is
    /// open or closed for good, and hardly any gradient reaches what controls it.
    public let saturation: Double
    /// The mean of an LSTM's forget gate f over all units, steps and sequences: the share of c_{t−1} that stays in c_t.
    /// nil for other cells.
    public let forgetGate: Double?
}

extension Unfolding {
    /// Differentiates E of a batch as `lossAndGradient` does, and looks at it state by state.
    ///
    /// - Parameters:
    ///   - network: the network; its configuration is the unfolding's.
    ///   - batch: T timesteps of B sequences.
    ///   - objective: loss, targets and steps, made for this batch.
    ///   - initialState: s_0, B × H; by default the network's own, or zero.
    /// - Returns: a diagnosis for each cell, the lowest layer first.
    /// - Throws: `PassError` if network, batch, objective and s_0 do not belong together, if s_0 is not finite, or if the
    ///   states and gradients of the batch do not fit into memory.
    /// - Precondition: the unfolding has no limited history.
    ///
    /// Cost: that of `lossAndGradient`, and one pass over all gradients.
    public func diagnose(
        _ network: RecurrentNetwork<S>, on batch: SequenceBatch<S>, _ objective: Objective<S>,
        from initialState: Matrix<S>? = nil
    ) throws(PassError) -> [StateDiagnosis] {
        requireWholeHistory(history)
        try requireConfiguration(configuration, network.configuration)
        _ = try differentiate(
            UnfoldingPass(
                parameters: network.parameters, batch: batch, objective: objective,
                initialState: initialState,
                recordsStateGradients: true))
        return engine.blocks.diagnosis(of: configuration, steps: batch.steps)
    }
}

extension UnfoldedBlocks {
    /// The norms and saturations of the last pass, summed in the order of the blocks.
    fileprivate func diagnosis(of configuration: NetworkConfiguration, steps: Int) -> [StateDiagnosis] {
        configuration.cells.map { cell in
            var squares = [Double](repeating: 0, count: steps)
            var (saturated, states, forgetSum) = (0, 0, 0.0)
            for number in 0..<count {
                let unfolded = self[number].cell(cell.layer, cell.isReverse ? 1 : 0)
                for (step, square) in unfolded.stateGradientSquares.enumerated() { squares[step] += square }
                saturated += unfolded.saturatedCount
                states += unfolded.stateCount
                forgetSum += unfolded.forgetGateSum
            }
            return StateDiagnosis(
                layer: cell.layer, isReverse: cell.isReverse,
                gradientNorms: squares.map { $0.squareRoot() },
                saturation: states == 0 ? 0 : Double(saturated) / Double(states),
                forgetGate: cell.forgetColumns.map {
                    states == 0 ? 0 : forgetSum * Double(cell.gateWidth) / Double(states * $0.count)
                })
        }
    }
}
