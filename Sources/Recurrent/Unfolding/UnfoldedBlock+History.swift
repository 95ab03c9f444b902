import RecurrentLinearAlgebra

// Backpropagation in which every loss reaches back the same number of steps; right for cells with s_t = Φ(z_t).
extension UnfoldedBlock {
    /// δz_t of all layers when each E_t is followed back through `history` steps, t among them.
    ///
    /// The contribution of the losses j steps later to δz_t follows from that of the losses j − 1 steps later to
    /// δz_{t+1}, for all t at once:
    ///
    ///     D⁰_t = (δa_t W_yᵀ) ⊙ Φ'(z_t)
    ///     Dʲ_t = (Dʲ⁻¹_{t+1} W_sᵀ) ⊙ Φ'(z_t)            j < history
    ///     δz_t = Σ_j Dʲ_t
    ///
    /// so no forward pass is repeated, and each age is a product over all timesteps. In a stack a layer adds what
    /// the layer above hands down at the same age.
    func backwardStates(history: Int) {
        for age in 0..<min(history, segment.steps.count) {
            for layer in layers.indices.reversed() { addAge(age, layer) }
        }
        for layer in layers {
            let cell = layer.cells[0]
            cell.countStates(of: segment.steps)
            if let limit = work.pass.stepLimit { cell.clip(cell.δZ, to: limit) }
            cell.carryFirstGradients(
                cell.δZ.rows(0..<segment.initialRows), cell.weights.statesTransposed)
            cell.finishBackward(segment.steps)
        }
    }

    private func addAge(_ age: Int, _ number: Int) {
        let cell = layers[number].cells[0]
        let D = cell.agedGradients(age)
        if number + 1 < layers.count {
            let above = layers[number + 1].cells[0]
            above.weights.inputsTransposed?.multiply(above.agedGradients(age).readOnly, beta: 0, into: D)
            layers[number].drop(D, of: segment.steps)
        } else if age == 0 {
            D.copy(from: cell.stateGradients.readOnly)
        } else {
            D.fill(0)
        }
        if age == 0 {
            cell.δZ.fill(0)
        } else {
            addLater(cell.agedGradients(age - 1), of: cell, to: D)
        }
        let s = cell.states.readOnly
        cell.cell.equations.backward(BackwardStep(z: D, s₋: s, s: s, δs: D, δs₋: D, adds: false, c: nil))
        cell.δZ.add(D.readOnly)
    }

    /// D_t += D'_{t+1} W_sᵀ for all steps that are not a sequence's last. Within a run the rows of step t + 1 stand
    /// one step further on; behind it those of the sequences that go on.
    private func addLater(
        _ later: MutableMatrixView<S>, of cell: UnfoldedCell<S>, to D: MutableMatrixView<S>
    ) {
        guard let W_sᵀ = cell.weights.statesTransposed else { return }
        for run in block.runs {
            let (rows, n) = (run.rows, run.sequences)
            let goingOn = block.active(at: run.steps.upperBound)
            let inner = rows.lowerBound..<rows.upperBound - n
            cell.addRecurrent(
                later.rows(inner.lowerBound + n..<rows.upperBound).readOnly, W_sᵀ, sequences: n,
                to: D.rows(inner))
            cell.addRecurrent(
                later.rows(rows.upperBound..<rows.upperBound + goingOn).readOnly, W_sᵀ, sequences: goingOn,
                to: D.rows(rows.upperBound - goingOn..<rows.upperBound))
        }
    }
}

extension UnfoldedCell {
    /// D ← D + later W_sᵀ, later being rows of steps that all have the same sequences.
    fileprivate func addRecurrent(
        _ later: MatrixView<S>, _ W_sᵀ: Panels<S>, sequences: Int, to D: MutableMatrixView<S>
    ) {
        guard dropsStates else { return W_sᵀ.multiply(later, beta: 1, into: D) }
        let N = segment.block.sequences.count
        for first in stride(from: 0, to: later.rows, by: max(sequences, 1)) {
            let rows = first..<first + sequences
            W_sᵀ.multiply(later.rows(rows), beta: 0, into: scratch(sequences))
            D.rows(rows).addElementwiseProduct(scratch(sequences).readOnly, mask(N - sequences..<N))
        }
    }
}
