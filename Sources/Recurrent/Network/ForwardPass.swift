import LinearAlgebra

/// What a network computed for a batch. Made once and used again, it takes no new memory.
public struct ForwardPass<S: Scalar>: Sendable {
    /// s_0 … s_T, time-major: (T+1)·B × H; row t·B + b is sequence b's state after step t, where
    /// t = 0 is the initial state. After its last valid step a sequence keeps its state. No rows if
    /// states were not asked for.
    public private(set) var states: Matrix<S>
    /// y_1 … y_T, time-major: T·B × O; row (t−1)·B + b is sequence b's output at step t. Rows of
    /// padding repeat the output of the last valid step.
    public private(set) var outputs: Matrix<S>
    /// B × H: each sequence's state after its last valid step.
    public private(set) var finalState: Matrix<S>

    /// Room for what a network computes for a batch, or for another of the same T and B.
    ///
    /// - Parameters:
    ///   - batch: the batch.
    ///   - configuration: the network's.
    ///   - states: whether all states are wanted, beside the outputs and the final states; no by
    ///     default.
    public init(
        for batch: SequenceBatch<S>, _ configuration: ElmanConfiguration, states: Bool = false
    ) {
        let (T, B) = (batch.steps, batch.sequences)
        self.states = Matrix(rows: states ? (T + 1) * B : 0, columns: configuration.stateWidth)
        outputs = Matrix(rows: T * B, columns: configuration.outputWidth)
        finalState = Matrix(rows: B, columns: configuration.stateWidth)
    }

    /// y_t of one sequence.
    ///
    /// - Precondition: `step` is in 1...T and `sequence` in 0..<B.
    public func output(step: Int, sequence: Int) -> [S] {
        let sequences = finalState.rows
        return (0..<outputs.columns).map { outputs[(step - 1) * sequences + sequence, $0] }
    }

    /// The matrices as places to write to, by several workers: each writes the rows of its own
    /// sequences.
    struct Views {
        fileprivate let states: MutableMatrixView<S>
        fileprivate let outputs: MutableMatrixView<S>
        fileprivate let finalState: MutableMatrixView<S>
        private var sequences: Int { finalState.rows }

        /// Copies what a block computed for a segment of steps.
        @specialized(where S == Double)
        @specialized(where S == Float)
        func take(_ unfolded: UnfoldedBlock<S>, _ segment: Range<Int>) {
            let block = unfolded.block
            let (Y, S) = (unfolded.outputs, unfolded.states)
            if segment.lowerBound == 0, states.rows > 0 {
                copy(unfolded.initialStates, of: block, to: states, at: 0)
            }
            for whole in block.runs {
                guard let run = whole.within(segment) else { continue }
                for step in run.steps {
                    let row = run.row(step: step) - unfolded.firstRow
                    let rows = row..<row + run.sequences
                    copy(Y.rows(rows), of: block, to: outputs, at: step)
                    if states.rows > 0 { copy(S.rows(rows), of: block, to: states, at: step + 1) }
                }
                if run.steps.upperBound == whole.steps.upperBound {
                    // Those that end here stand first; the others are written again when they end.
                    let end = run.rows.upperBound - unfolded.firstRow
                    copy(S.rows(end - run.sequences..<end), of: block, to: finalState, at: 0)
                }
            }
        }

        /// Repeats the last output and the last state of sequences that end before the others.
        func fillPadding(of block: SequenceBlock) {
            for run in block.runs {
                let last = run.steps.upperBound
                let ended = block.sequences.suffix(run.sequences).prefix(
                    run.sequences - block.active(at: last))
                for sequence in ended {
                    for step in last..<outputs.rows / sequences {
                        repeatRow(of: outputs, from: last - 1, at: step, sequence)
                        if states.rows > 0 { repeatRow(of: states, from: last, at: step + 1, sequence) }
                    }
                }
            }
        }

        /// Copies one step's rows, which belong to the last sequences of the block.
        @specialized(where S == Double)
        @specialized(where S == Float)
        private func copy(
            _ rows: MutableMatrixView<S>, of block: SequenceBlock, to target: MutableMatrixView<S>,
            at step: Int
        ) {
            let first = block.sequences.count - rows.rows
            if block.areNeighbours {
                let place = step * sequences + block.sequences[first]
                return target.rows(place..<place + rows.rows).copy(from: rows.readOnly)
            }
            for row in 0..<rows.rows {
                let place = step * sequences + block.sequences[first + row]
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
