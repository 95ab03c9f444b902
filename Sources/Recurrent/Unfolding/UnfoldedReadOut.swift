import RecurrentLinearAlgebra

/// The read-out of a block of sequences: outputs and losses, for every step or once for each sequence.
final class UnfoldedReadOut<S: Scalar> {
    private let work: PassAtWork<S>
    private let top: UnfoldedLayer<S>
    /// R × O, or n × O where there is one output for a sequence: a_t, then y_t or δa_t.
    private var allOutputs = Workspace<S>.Allocation()
    /// n × H: the states or mean states of the sequences that are read out once.
    private var pooled = Workspace<S>.Allocation()
    /// n × H: ∂E/∂pooled.
    private var pooledGradients = Workspace<S>.Allocation()
    private var mask: DropoutMask?
    /// R × H: the top layer's outputs with elements dropped.
    private var dropped = Workspace<S>.Allocation()

    init(over top: UnfoldedLayer<S>, _ work: PassAtWork<S>) {
        self.work = work
        self.top = top
    }

    private var configuration: NetworkConfiguration { work.configuration }
    private var segment: BlockSegment { top.cells[0].segment }

    /// Memory for a block of sequences.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func allocate(for block: SequenceBlock, in memory: BlockMemory<S>) {
        let (n, passing) = (block.sequences.count, memory.passing)
        let rows = configuration.isPooled ? n : work.plan.rows(of: block)
        allOutputs = passing.allocate(rows: rows, columns: configuration.outputWidth)
        mask = nil
        if let seed = work.pass.dropoutSeed, configuration.readOutDropout > 0 {
            let number = configuration.layers.count - 1
            mask = DropoutMask(probability: configuration.readOutDropout, seed: seed, number: number)
        }
        if !configuration.isPooled {
            if mask != nil { dropped = passing.allocate(rows: rows, columns: configuration.readOutWidth) }
            return
        }
        pooled = passing.allocate(rows: n, columns: configuration.readOutWidth)
        if work.plan.isBackward {
            pooledGradients = passing.allocate(rows: n, columns: configuration.readOutWidth)
        }
    }

    /// a_t, y_t or δa_t: R × O, or a row for each of the block's sequences.
    var outputs: MutableMatrixView<S> {
        allOutputs.first(configuration.isPooled ? segment.block.sequences.count : segment.rowCount)
    }

    /// S₊: the top layer's outputs, with elements dropped in training, or a row for each sequence.
    var inputs: MutableMatrixView<S> {
        if configuration.isPooled { return pooled.first(segment.block.sequences.count) }
        return mask == nil ? top.outputs : dropped.first(segment.rowCount)
    }

    /// ∂E/∂inputs.
    var inputGradients: MutableMatrixView<S> {
        configuration.isPooled
            ? pooledGradients.first(segment.block.sequences.count) : top.outputGradients
    }

    /// The factors of the gradient of W_y, S₊ᵀ δA: some rows of the segment, or a row for each of the block's
    /// sequences.
    func factors(of rows: Range<Int>) -> (inputs: MatrixView<S>, gradients: MatrixView<S>) {
        guard configuration.isPooled else { return (inputs.rows(rows).readOnly, outputs.rows(rows).readOnly) }
        return (inputs.readOnly, outputs.readOnly)
    }

    /// Drops elements of the inputs of some steps.
    func dropInputs(_ steps: Range<Int>) {
        guard let mask else { return }
        let rows = segment.rows(steps)
        dropped[rows].copy(from: top.outputs.rows(rows).readOnly)
        mask.apply(to: dropped[rows], of: steps, in: segment)
    }

    /// Drops those elements of some steps' gradients that were dropped from the inputs.
    func dropGradients(_ steps: Range<Int>) {
        mask?.apply(to: inputGradients.rows(segment.rows(steps)), of: steps, in: segment)
    }

    /// A = S₊ W_y + b_y, for some of the inputs' rows.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func forwardOutputs(_ rows: Range<Int>) {
        let A = outputs.rows(rows)
        work.weights.outputs?.multiply(inputs.rows(rows).readOnly, beta: 0, into: A)
        if let b_y = work.pass.parameters.view(of: .outputBias) { A.addToEachRow(b_y) }
    }

    /// ∂E/∂inputs = δA W_yᵀ, for some of the inputs' rows, in a backward pass.
    func backwardOutputs(_ rows: Range<Int>) {
        work.weights.outputsTransposed?.multiply(
            outputs.rows(rows).readOnly, beta: 0, into: inputGradients.rows(rows))
    }
}

// Outputs for whole sequences, from their last states or from the mean of their states.
extension UnfoldedReadOut {
    func clearPool() {
        if configuration.isPooled { inputs.fill(0) }
    }

    /// Adds the states of some steps of the segment to the sequences' rows; steps come in the order in which the cells
    /// read.
    func forwardPool(_ steps: Range<Int>) {
        let target = inputs
        for cell in top.cells {
            let (pooled, states) = (target.columns(cell.cell.outputColumns), cell.states.readOnly)
            let n = segment.block.sequences.count
            switch configuration.readOut {
            case .everyStep: return
            case .meanOverSteps:
                cell.order.forEachStep(of: steps) { step in
                    pooled.rows(n - step.rows.count..<n).add(states.rows(step.rows))
                }
            case .lastStep:
                cell.order.forEachEnd(within: steps) { rows, sequences in
                    pooled.rows(sequences).add(states.rows(rows))
                }
            }
        }
    }

    /// The sequences' ∂E/∂inputs handed on to the states of the segment's steps.
    func backwardPool() {
        let n = segment.block.sequences.count
        for cell in top.cells {
            let source = inputGradients.readOnly.columns(cell.cell.outputColumns)
            let δ = cell.stateGradients
            if configuration.readOut == .meanOverSteps {
                cell.order.forEachStep(of: segment.steps) { step in
                    δ.rows(step.rows).copy(from: source.rows(n - step.rows.count..<n))
                }
            } else {
                δ.fill(0)
                cell.order.forEachEnd(within: segment.steps) { rows, sequences in
                    δ.rows(rows).copy(from: source.rows(sequences))
                }
            }
        }
    }

    /// Drops elements of the rows of sequences.
    func dropPool(_ rows: MutableMatrixView<S>) {
        guard let mask else { return }
        let sequences = segment.block.sequences
        rows.dropOut(probability: mask.probability) { mask.key(sequence: sequences[$0]) }
    }

    /// Sums over steps become means; on the way back a step's share is that of its sequence, divided likewise.
    func divideByLengths(_ rows: MutableMatrixView<S>) {
        guard configuration.readOut == .meanOverSteps else { return }
        for (index, sequence) in segment.block.sequences.enumerated() {
            rows.row(index).scale(by: 1 / S(work.pass.batch.lengths[sequence]))
        }
    }
}
