import LinearAlgebra

/// The read-out of a block of sequences: outputs and losses, for every step or once for each sequence.
final class UnfoldedReadOut<S: Scalar> {
    private let configuration: ElmanConfiguration
    private let top: UnfoldedLayer<S>
    private var segment: BlockSegment { top.cells[0].segment }
    private var outputBuffer = AlignedBuffer<S>(count: 0)
    private var pooledBuffer = AlignedBuffer<S>(count: 0)
    private var pooledGradientBuffer = AlignedBuffer<S>(count: 0)

    init(_ configuration: ElmanConfiguration, over top: UnfoldedLayer<S>) {
        self.configuration = configuration
        self.top = top
    }

    /// The elements that the read-out takes for a block.
    static func elements(
        for block: SequenceBlock, _ configuration: ElmanConfiguration, _ plan: UnfoldingPlan
    ) -> Int {
        guard configuration.isPooled else { return plan.rows(of: block) * configuration.outputWidth }
        let pooled = (plan.isBackward ? 2 : 1) * configuration.readOutWidth
        return block.sequences.count * (configuration.outputWidth + pooled)
    }

    /// Makes room for a block of sequences.
    func prepare(_ block: SequenceBlock, _ plan: UnfoldingPlan) {
        let n = block.sequences.count
        guard configuration.isPooled else {
            return reserve(&outputBuffer, plan.rows(of: block) * configuration.outputWidth)
        }
        reserve(&outputBuffer, n * configuration.outputWidth)
        reserve(&pooledBuffer, n * configuration.readOutWidth)
        if plan.isBackward { reserve(&pooledGradientBuffer, n * configuration.readOutWidth) }
        pooledBuffer.view(rows: n, columns: configuration.readOutWidth).fill(0)
    }

    /// a_t, y_t or δa_t: R × O, or a row for each of the block's sequences.
    var outputs: MutableMatrixView<S> {
        let rows = configuration.isPooled ? segment.block.sequences.count : segment.rowCount
        return outputBuffer.view(rows: rows, columns: configuration.outputWidth)
    }

    /// What the outputs are computed from: the top layer's outputs, or a row for each sequence.
    var inputs: MutableMatrixView<S> {
        guard configuration.isPooled else { return top.outputs }
        return pooledBuffer.view(
            rows: segment.block.sequences.count, columns: configuration.readOutWidth)
    }

    /// ∂E/∂inputs.
    var inputGradients: MutableMatrixView<S> {
        guard configuration.isPooled else { return top.outputGradients }
        return pooledGradientBuffer.view(
            rows: segment.block.sequences.count, columns: configuration.readOutWidth)
    }

    /// A = S₊ W_y + b_y for some of the inputs' rows.
    func readOut(_ rows: Range<Int>, _ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>) {
        let A = outputs.rows(rows)
        weights.outputs?.multiply(inputs.rows(rows).readOnly, beta: 0, into: A)
        if let b_y = pass.network.parameters.view(of: .outputBias) { A.addToEachRow(b_y) }
    }

    /// Takes up what some steps of the segment contribute to the sequences' rows; steps come in order.
    func pool(_ steps: Range<Int>) {
        let pooled = inputs
        for cell in top.cells {
            let target = pooled.columns(cell.cell.outputColumns)
            let states = cell.states
            for whole in segment.block.runs {
                guard let run = whole.within(steps) else { continue }
                let n = segment.block.sequences.count
                switch configuration.readOut {
                case .everyStep: return
                case .meanOverSteps:
                    for step in run.steps {
                        target.rows(n - run.sequences..<n).add(
                            states.rows(segment.rows(of: run, step: step)).readOnly)
                    }
                case .lastStep:
                    guard run.steps.upperBound == whole.steps.upperBound else { continue }
                    let ending = segment.ending(with: whole)
                    let row = segment.rows(of: run, step: run.steps.upperBound - 1).lowerBound
                    target.rows(n - run.sequences..<n - run.sequences + ending).add(
                        states.rows(row..<row + ending).readOnly)
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
            for whole in segment.block.runs {
                guard let run = whole.within(segment.steps) else { continue }
                for step in run.steps {
                    let rows = segment.rows(of: run, step: step)
                    if configuration.readOut == .meanOverSteps {
                        δ.rows(rows).copy(from: source.rows(n - run.sequences..<n))
                        continue
                    }
                    δ.rows(rows).fill(0)
                    if step + 1 < whole.steps.upperBound { continue }
                    let ending = segment.ending(with: whole)
                    δ.rows(rows.lowerBound..<rows.lowerBound + ending).copy(
                        from: source.rows(n - run.sequences..<n - run.sequences + ending))
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
