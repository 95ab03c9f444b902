import RecurrentLinearAlgebra

/// The results of a network for a batch. Made once and used again, it takes no new memory.
public struct ForwardPass<S: Scalar>: Sendable {
    /// s_0 … s_T, time-major: (T+1)·B × H; row t·B + b is sequence b's state at step t, where
    /// t = 0 is the initial state. After its last valid step a sequence keeps its state. No rows if
    /// states were not asked for. The states of all layers and directions stand side by side, an LSTM's c after its s
    /// (`NetworkConfiguration.columns(of:layer:reverse:)`); what a cell that reads backwards has at step t has seen the
    /// steps from t on.
    public private(set) var states: Matrix<S>
    /// y_1 … y_T, time-major: T·B × O; row (t−1)·B + b is sequence b's output at step t. Rows of
    /// padding repeat the output of the last valid step. With one output for a sequence B × O.
    public private(set) var outputs: Matrix<S>
    /// B × H: each sequence's state after its last valid step; of a cell that reads backwards its state at step 1.
    public private(set) var finalState: Matrix<S>

    /// Room for the results of a batch, or of another of the same T and B.
    ///
    /// - Parameters:
    ///   - batch: the batch.
    ///   - network: the network that will run over it.
    ///   - states: true for all states beside the outputs and the final states; false by default.
    public init(for batch: SequenceBatch<S>, _ network: RecurrentNetwork<S>, states: Bool = false) {
        let configuration = network.configuration
        let (T, B) = (batch.steps, batch.sequences)
        self.states = Matrix(rows: states ? (T + 1) * B : 0, columns: configuration.stateWidth)
        outputs = Matrix(
            rows: configuration.isPooled ? B : T * B, columns: configuration.outputWidth)
        finalState = Matrix(rows: B, columns: configuration.stateWidth)
    }

    /// y_t of one sequence.
    ///
    /// - Precondition: there is an output for every step, `step` is in 1...T and `sequence` in 0..<B.
    public func output(step: Int, sequence: Int) -> [S] {
        let sequences = finalState.rows
        require(
            (1...max(1, outputs.rows / max(1, sequences))).contains(step)
                && (0..<sequences).contains(sequence),
            "there is no output of step \(step) of sequence \(sequence); T·B is \(outputs.rows), B is \(sequences)"
        )
        return (0..<outputs.columns).map { outputs[(step - 1) * sequences + sequence, $0] }
    }

    /// The matrices as places to write to, by several workers: each writes the rows of its own
    /// sequences.
    struct Views {
        fileprivate let states: MutableMatrixView<S>
        fileprivate let outputs: MutableMatrixView<S>
        fileprivate let finalState: MutableMatrixView<S>
        private var sequences: Int { finalState.rows }

        /// Copies what a block computed for the segment at work.
        @specialized(where S == Double)
        @specialized(where S == Float)
        func copySegment(of unfolded: UnfoldedBlock<S>) {
            if !unfolded.work.configuration.isPooled {
                copySteps(unfolded.readOut.outputs, of: unfolded.segment, to: outputs, shiftedBy: 0)
            }
            if states.rows > 0 { unfolded.forEachCell { copyStates(of: $0) } }
        }

        /// Copies what a block computed once for each sequence, and repeats the last output and the last states of
        /// sequences that end before the others.
        @specialized(where S == Double)
        @specialized(where S == Float)
        func finish(_ unfolded: UnfoldedBlock<S>) {
            unfolded.forEachCell { copyFinalState(of: $0) }
            guard unfolded.work.configuration.isPooled else { return fillPadding(of: unfolded.block) }
            let rows = unfolded.readOut.outputs.readOnly
            for (index, sequence) in unfolded.block.sequences.enumerated() {
                outputs.rows(sequence..<sequence + 1).copy(from: rows.rows(index..<index + 1))
            }
            fillPadding(of: unfolded.block, outputs: false)
        }

        private func copyStates(of cell: UnfoldedCell<S>) {
            let segment = cell.segment
            for part in cell.cell.stateParts {
                let target = states.columns(cell.cell.columns).columns(cell.cell.columns(of: part))
                if segment.steps.lowerBound == 0 {
                    let s_0 = cell.states(part, cell.order.initialRows)
                    copy(s_0, of: s_0.rows, in: segment.block, to: target, at: 0)
                }
                copySteps(cell.states(part, 0..<segment.rowCount), of: segment, to: target, shiftedBy: 1)
            }
        }

        private func copyFinalState(of cell: UnfoldedCell<S>) {
            for part in cell.cell.stateParts {
                let target = finalState.columns(cell.cell.columns).columns(cell.cell.columns(of: part))
                let states = cell.finalStates(part).readOnly
                for (index, sequence) in cell.segment.block.sequences.enumerated() {
                    target.rows(sequence..<sequence + 1).copy(from: states.rows(index..<index + 1))
                }
            }
        }

        /// Copies the rows of all steps of a segment.
        @specialized(where S == Double)
        @specialized(where S == Float)
        private func copySteps(
            _ rows: MutableMatrixView<S>, of segment: BlockSegment, to target: MutableMatrixView<S>,
            shiftedBy shift: Int
        ) {
            for run in segment.block.runs {
                guard let run = run.within(segment.steps) else { continue }
                let first = segment.rows(of: run, step: run.steps.lowerBound).lowerBound
                copy(
                    rows.rows(first..<first + run.rows.count), of: run.sequences, in: segment.block,
                    to: target, at: run.steps.lowerBound + shift)
            }
        }

        private func fillPadding(of block: SequenceBlock, outputs hasOutputs: Bool = true) {
            for run in block.runs {
                let last = run.steps.upperBound
                let ended = block.sequences.suffix(run.sequences).prefix(
                    run.sequences - block.active(at: last))
                for sequence in ended {
                    if hasOutputs {
                        for step in last..<outputs.rows / sequences {
                            repeatRow(of: outputs, from: last - 1, at: step, sequence)
                        }
                    }
                    if states.rows == 0 { continue }
                    for step in last + 1..<states.rows / sequences {
                        repeatRow(of: states, from: last, at: step, sequence)
                    }
                }
            }
        }

        /// Copies the rows of some steps, each of which has the last `count` sequences of the block.
        @specialized(where S == Double)
        @specialized(where S == Float)
        private func copy(
            _ rows: MutableMatrixView<S>, of count: Int, in block: SequenceBlock,
            to target: MutableMatrixView<S>, at step: Int
        ) {
            let active = block.sequences.suffix(count)
            if block.areNeighbours, let first = active.first {
                let place = step * sequences + first
                return target.rows(place..<target.rows)
                    .copyStretches(of: count, every: sequences, from: rows.readOnly)
            }
            for row in 0..<rows.rows {
                let place = (step + row / count) * sequences + active[active.startIndex + row % count]
                target.rows(place..<place + 1).copy(from: rows.rows(row..<row + 1).readOnly)
            }
        }

        private func repeatRow(
            of matrix: MutableMatrixView<S>, from step: Int, at target: Int, _ sequence: Int
        ) {
            let (source, place) = (step * sequences + sequence, target * sequences + sequence)
            matrix.rows(place..<place + 1).copy(from: matrix.rows(source..<source + 1).readOnly)
        }
    }

    /// Calls `body` with the places to write to.
    mutating func withViews<R>(_ body: (Views) -> R) -> R {
        states.withMutableView { states in
            outputs.withMutableView { outputs in
                finalState.withMutableView { finalState in
                    body(Views(states: states, outputs: outputs, finalState: finalState))
                }
            }
        }
    }
}
