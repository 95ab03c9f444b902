import LinearAlgebra

extension Unfolding {
    /// The forward pass, up to a_t:
    ///
    ///     Z = X W_x                        all steps at once
    ///     z_t += s_{t−1} W_s + b_s         step by step
    ///     s_t = Φ(z_t)
    ///     A = S₊ W_y + b_y                 all steps at once
    ///
    /// where S₊ is s_1 … s_T. A sequence that has ended keeps its last state.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func runForward(
        _ network: ElmanNetwork<S>, _ batch: SequenceBatch<S>, from initialState: Matrix<S>?
    ) {
        requireConfiguration(configuration, network.configuration)
        requireInputs(batch, for: configuration)
        requireInitialState(
            initialState, sequences: batch.sequences, width: configuration.stateWidth)
        prepareForward(steps: batch.steps, sequences: batch.sequences)
        let (T, B) = (steps, sequences)
        let parameters = network.parameters
        let W_s = parameters.view(of: .stateWeights)
        let b_s = parameters.view(of: .stateBias)
        let S₊ = allStates.rows(B..<(T + 1) * B)
        let A = outputs

        if let initialState {
            initialState.withView { state(0).copy(from: $0) }
        } else {
            state(0).fill(0)
        }
        batch.inputs.withView { X in gemm(X, parameters.view(.inputWeights), into: S₊) }
        let firstEnd = batch.lengths.min() ?? T
        for t in 1...T {
            let s = state(t)
            if let W_s { gemm(state(t - 1).readOnly, W_s, beta: 1, into: s) }
            if let b_s { s.addToEachRow(b_s) }
            configuration.activation.apply(to: s)
            if t > firstEnd { keepEndedStates(batch, t) }
        }
        gemm(S₊.readOnly, parameters.view(.outputWeights), into: A)
        if let b_y = parameters.view(of: .outputBias) { A.addToEachRow(b_y) }
    }

    /// s_t = s_{t−1} for every sequence that ended before step t.
    private func keepEndedStates(_ batch: SequenceBatch<S>, _ t: Int) {
        let (s, previous) = (state(t), state(t - 1))
        for (sequence, length) in batch.lengths.enumerated() where length < t {
            let row = sequence..<sequence + 1
            s.rows(row).copy(from: previous.rows(row).readOnly)
        }
    }
}
