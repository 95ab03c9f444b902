import RecurrentLinearAlgebra

/// The read-out of a block of sequences: outputs and losses, for every step or once for each sequence.
final class UnfoldedReadOut<S: Scalar> {
    private let configuration: NetworkConfiguration
    private let top: UnfoldedLayer<S>
    private var segment: BlockSegment { top.cells[0].segment }
    private var outputPiece = Workspace<S>.Piece()
    private var pooledPiece = Workspace<S>.Piece()
    private var pooledGradientPiece = Workspace<S>.Piece()

    init(_ configuration: NetworkConfiguration, over top: UnfoldedLayer<S>) {
        self.configuration = configuration
        self.top = top
    }

    /// Takes room for a block of sequences.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func prepare(_ block: SequenceBlock, _ plan: UnfoldingPlan, _ memory: BlockMemory<S>) {
        let n = block.sequences.count
        let rows = configuration.isPooled ? n : plan.rows(of: block)
        outputPiece = memory.passing.take(rows * configuration.outputWidth)
        if !configuration.isPooled { return }
        pooledPiece = memory.passing.take(n * configuration.readOutWidth)
        if plan.isBackward { pooledGradientPiece = memory.passing.take(n * configuration.readOutWidth) }
    }

    /// Turns to the sequences' first steps.
    func begin() {
        if configuration.isPooled { inputs.fill(0) }
    }

    /// a_t, y_t or δa_t: R × O, or a row for each of the block's sequences.
    var outputs: MutableMatrixView<S> {
        let rows = configuration.isPooled ? segment.block.sequences.count : segment.rowCount
        return outputPiece.view(rows: rows, columns: configuration.outputWidth)
    }

    /// What the outputs are computed from: the top layer's outputs, or a row for each sequence.
    var inputs: MutableMatrixView<S> {
        guard configuration.isPooled else { return top.outputs }
        return pooledPiece.view(
            rows: segment.block.sequences.count, columns: configuration.readOutWidth)
    }

    /// ∂E/∂inputs.
    var inputGradients: MutableMatrixView<S> {
        guard configuration.isPooled else { return top.outputGradients }
        return pooledGradientPiece.view(
            rows: segment.block.sequences.count, columns: configuration.readOutWidth)
    }

    /// What the gradient of W_y is made from, S₊ᵀ δA: for some rows of the segment, or a row for each of the block's
    /// sequences.
    func products(_ rows: Range<Int>) -> (inputs: MatrixView<S>, gradients: MatrixView<S>) {
        guard configuration.isPooled else { return (inputs.rows(rows).readOnly, outputs.rows(rows).readOnly) }
        return (inputs.readOnly, outputs.readOnly)
    }

    /// A = S₊ W_y + b_y for some of the inputs' rows.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func readOut(_ rows: Range<Int>, _ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>) {
        let A = outputs.rows(rows)
        weights.outputs?.multiply(inputs.rows(rows).readOnly, beta: 0, into: A)
        if let b_y = pass.network.parameters.view(of: .outputBias) { A.addToEachRow(b_y) }
    }

    /// Takes up what some steps of the segment contribute to the sequences' rows; steps come in the order in which
    /// the cells read.
    func pool(_ steps: Range<Int>) {
        let pooled = inputs
        for cell in top.cells {
            let target = pooled.columns(cell.cell.outputColumns)
            let (states, n) = (cell.states.readOnly, segment.block.sequences.count)
            switch configuration.readOut {
            case .everyStep: return
            case .meanOverSteps:
                segment.forEachStep(of: steps, backwards: cell.cell.isReverse) { step in
                    target.rows(n - step.rows.count..<n).add(states.rows(step.rows))
                }
            case .lastStep:
                segment.forEachEnd(within: steps, backwards: cell.cell.isReverse) { rows, sequences in
                    target.rows(sequences).add(states.rows(rows))
                }
            }
        }
    }

    /// The sums over steps become means.
    func finishPooling(_ pass: UnfoldingPass<S>) { divideByLengths(inputs, pass) }

    /// ∂E/∂inputs of the sequences' rows handed on to the states of the segment's steps.
    func spread() {
        let n = segment.block.sequences.count
        for cell in top.cells {
            let source = inputGradients.readOnly.columns(cell.cell.outputColumns)
            let δ = cell.stateGradients
            if configuration.readOut == .meanOverSteps {
                segment.forEachStep(of: segment.steps, backwards: cell.cell.isReverse) { step in
                    δ.rows(step.rows).copy(from: source.rows(n - step.rows.count..<n))
                }
            } else {
                δ.fill(0)
                segment.forEachEnd(within: segment.steps, backwards: cell.cell.isReverse) { rows, sequences in
                    δ.rows(rows).copy(from: source.rows(sequences))
                }
            }
        }
    }

    /// For means: what reaches a step is its share of what reaches the sequence.
    func finishGradient(_ pass: UnfoldingPass<S>) { divideByLengths(inputGradients, pass) }

    private func divideByLengths(_ rows: MutableMatrixView<S>, _ pass: UnfoldingPass<S>) {
        guard configuration.readOut == .meanOverSteps else { return }
        for (index, sequence) in segment.block.sequences.enumerated() {
            rows.row(index).scale(by: 1 / S(pass.batch.lengths[sequence]))
        }
    }
}
