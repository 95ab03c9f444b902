import LinearAlgebra

extension UnfoldedBlock {
    /// One segment forwards and back: states, unless they are there already, outputs, loss and all δz_t.
    ///
    /// - Parameter inputGradient: where ∂E/∂x_t of the batch's rows goes, if it is wanted.
    func unfold(
        _ number: Int, _ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>, _ plan: UnfoldingPlan,
        inputGradient: MutableMatrixView<S>?
    ) {
        let segment = plan.segment(number)
        begin(segment)
        if rowCount == 0 { return }
        let hasStates = plan.sweeps && plan.keepsAllStates
        if plan.keptSegments > 0 {
            initialStates.copy(from: keptStates(number, initialRows).readOnly)
        } else if !hasStates {
            loadInitialStates(pass.initialState)
        }
        plan.forEachChunk(of: segment) { chunk in
            if !hasStates { runStates(chunk, pass, weights) }
            let A = readOut(chunk, pass, weights)
            if let objective = pass.objective {
                loss += objective.evaluate(rows: batchRows(chunk), inPlaceOf: A)
            }
            weights.outputsTransposed?.multiply(
                A.readOnly, beta: 0, into: stateGradients.rows(rows(chunk)))
        }
        runBackward(segment, weights)
        if let inputGradient {
            weights.inputsTransposed?.multiply(
                stateGradients.readOnly, beta: 0, into: inputGradient.rows(batchRows(segment)))
        }
    }

    /// Backpropagation through the steps of the segment, from δa_t W_yᵀ of all steps in `stateGradients`:
    ///
    ///     δs_t += what the segment after this one carries back
    ///     δz_t = δs_t ⊙ Φ'(z_t)            step by step, backwards
    ///     δs_{t−1} += δz_t W_sᵀ            ends with what is carried on: at t = 1, ∂E/∂s_0
    @specialized(where S == Double)
    @specialized(where S == Float)
    private func runBackward(_ segment: Range<Int>, _ weights: UnfoldingWeights<S>) {
        let (s, δ, W_sᵀ) = (states, stateGradients, weights.statesTransposed)
        let carried = block.active(at: segment.upperBound)
        if carried > 0 {
            δ.rows(rowCount - carried..<rowCount).add(carriedGradient(carried).readOnly)
        }
        for run in block.runs.reversed() {
            guard let run = run.within(segment) else { continue }
            let n = run.sequences
            for step in run.steps.reversed() {
                let row = run.row(step: step) - firstRow
                let δz = δ.rows(row..<row + n)
                configuration.activation.multiplyByDerivative(δz, at: s.rows(row..<row + n).readOnly)
                if row > 0 {
                    W_sᵀ?.multiply(δz.readOnly, beta: 1, into: δ.rows(row - n..<row))
                } else {
                    W_sᵀ?.multiply(δz.readOnly, beta: 0, into: carriedGradient(n))
                }
            }
        }
        if W_sᵀ == nil { carriedGradient(initialRows).fill(0) }
    }
}
