import LinearAlgebra

extension Unfolding {
    /// Backpropagation through time, from δa_t of all steps in `outputs`:
    ///
    ///     δS = δA W_yᵀ                     all steps at once
    ///     δz_t = δs_t ⊙ Φ'(z_t)            step by step, backwards
    ///     δs_{t−1} += δz_t W_sᵀ            ends with ∂E/∂s_0
    ///     ∂E/∂W_y = S₊ᵀ δA                 all steps at once, as are the following
    ///     ∂E/∂W_s = S₋ᵀ δZ
    ///     ∂E/∂W_x = Xᵀ δZ                  ∂E/∂x_t = δz_t W_xᵀ when asked for
    ///
    /// where S₋ is s_0 … s_{T−1} and S₊ is s_1 … s_T. Rows of padding start with δa = 0 and nothing
    /// flows into them, so they stay exactly 0 and add nothing.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func runBackward(_ network: ElmanNetwork<S>, _ batch: SequenceBatch<S>, inputGradient: Bool) {
        prepareBackward(inputGradient: inputGradient)
        let (T, B) = (steps, sequences)
        let parameters = network.parameters
        let W_sᵀ = parameters.view(of: .stateWeights).map(transposed)
        let S₋ = allStates.rows(0..<T * B).readOnly
        let S₊ = allStates.rows(B..<(T + 1) * B).readOnly
        let δA = outputs.readOnly
        let δZ = allStateGradients

        gemm(δA, parameters.view(.outputWeights).transposed, into: δZ)
        for t in (1...T).reversed() {
            let δ = stateGradient(t)
            configuration.activation.multiplyByDerivative(δ, at: state(t).readOnly)
            if let W_sᵀ {
                gemm(δ.readOnly, W_sᵀ, beta: t > 1 ? 1 : 0, into: stateGradient(t - 1))
            }
        }

        gemm(S₊.transposed, δA, into: gradient.mutable(.outputWeights))
        if let gradientW_s = gradient.mutableView(of: .stateWeights) {
            gemm(S₋.transposed, δZ.readOnly, into: gradientW_s)
        }
        batch.inputs.withView { X in
            gemm(X.transposed, δZ.readOnly, into: gradient.mutable(.inputWeights))
        }
        if let gradientb_s = gradient.mutableView(of: .stateBias) { δZ.readOnly.sumRows(into: gradientb_s) }
        if let gradientb_y = gradient.mutableView(of: .outputBias) { δA.sumRows(into: gradientb_y) }
        if inputGradient {
            gemm(δZ.readOnly, parameters.view(.inputWeights).transposed, into: inputGradientView)
        }
    }

    /// W_sᵀ, written out once for the T products that follow, which are faster by rows than by columns; a
    /// single sequence runs by gemv, to which it makes no difference.
    private func transposed(_ W_s: MatrixView<S>) -> MatrixView<S> {
        guard sequences > 1 else { return W_s.transposed }
        transposedStateWeights.copy(from: W_s.transposed)
        return transposedStateWeights.readOnly
    }
}
