import LinearAlgebra

extension UnfoldedBlock {
    /// s_0 of the block's sequences.
    func loadInitialStates(_ initialState: Matrix<S>?) {
        guard let initialState else { return initialStates.fill(0) }
        initialState.withView { s_0 in
            for (index, sequence) in block.sequences.enumerated() {
                initialStates.rows(index..<index + 1).copy(from: s_0.rows(sequence..<sequence + 1))
            }
        }
    }

    /// The states of some steps of the segment:
    ///
    ///     Z = X W_x                        all steps at once
    ///     z_t += s_{t−1} W_s + b_s         step by step
    ///     s_t = Φ(z_t)
    @specialized(where S == Double)
    @specialized(where S == Float)
    func runStates(_ steps: Range<Int>, _ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>) {
        let parameters = pass.network.parameters
        let Z = states.rows(rows(steps))
        switch pass.batch.rows {
        case .values(let X):
            X.withView { weights.inputs?.multiply($0.rows(batchRows(steps)), beta: 0, into: Z) }
        case .tokens(let tokens):
            Z.gatherRows(tokens[batchRows(steps)], of: parameters.view(.inputWeights))
        }
        let b_s = parameters.view(of: .stateBias)
        let (all, W_s) = (allStates, weights.states)
        for run in block.runs {
            guard let run = run.within(steps) else { continue }
            let n = run.sequences
            for step in run.steps {
                let row = initialRows + run.row(step: step) - firstRow
                let s = all.rows(row..<row + n)
                W_s?.multiply(all.rows(row - n..<row).readOnly, beta: 1, into: s)
                configuration.activation.apply(to: s, afterAdding: b_s)
            }
        }
    }

    /// A = S₊ W_y + b_y for some steps of the segment.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func readOut(
        _ steps: Range<Int>, _ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>
    ) -> MutableMatrixView<S> {
        let rows = rows(steps)
        let A = outputs.rows(rows)
        weights.outputs?.multiply(states.rows(rows).readOnly, beta: 0, into: A)
        if let b_y = pass.network.parameters.view(of: .outputBias) { A.addToEachRow(b_y) }
        return A
    }

    /// All segments one after the other, nothing being kept but what the pass asks for: its loss or,
    /// without an objective, states and outputs in the places of `results`.
    func infer(
        _ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>, _ plan: UnfoldingPlan,
        _ results: ForwardPass<S>.Views?
    ) {
        for number in 0..<plan.segments {
            let segment = plan.segment(number)
            if number == 0 { begin(segment) } else { proceed(to: segment) }
            if rowCount == 0 { break }
            if number == 0 { loadInitialStates(pass.initialState) }
            runStates(segment, pass, weights)
            let A = readOut(segment, pass, weights)
            if let objective = pass.objective {
                loss += objective.evaluate(rows: batchRows(segment), inPlaceOf: A)
            } else if pass.appliesOutputFunction {
                configuration.output.apply(to: A)
            }
            results?.take(self, segment)
        }
        results?.fillPadding(of: block)
    }

    /// The states of all segments, or, when they are not kept, those before each segment.
    func sweep(_ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>, _ plan: UnfoldingPlan) {
        for number in 0..<plan.segments {
            let segment = plan.segment(number)
            if number == 0 { begin(segment) } else { proceed(to: segment) }
            if rowCount == 0 { break }
            if number == 0 { loadInitialStates(pass.initialState) }
            if !plan.keepsAllStates {
                keptStates(number, initialRows).copy(from: initialStates.readOnly)
                if number + 1 == plan.segments { break }
            }
            plan.forEachChunk(of: segment) { runStates($0, pass, weights) }
        }
    }
}
