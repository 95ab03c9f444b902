import RecurrentLinearAlgebra

/// A layer unfolded in time for a block of sequences: its cells, and their states as the next layer sees them.
///
/// The states of the cells side by side are the layer's outputs, and their gradients those of the outputs, unless
/// states are summed up or dropped; nothing is copied then.
final class UnfoldedLayer<S: Scalar> {
    let layer: RecurrentLayer
    let cells: [UnfoldedCell<S>]
    private let number: Int
    private let work: PassAtWork<S>
    private let states: LayerStates<S>
    private var mask: DropoutMask?
    /// R × width: outputs that are not the states themselves.
    private var ownOutputs = Workspace<S>.Allocation()
    /// R × width: gradients of sums of states.
    private var sumGradients = Workspace<S>.Allocation()

    init(_ number: Int, _ work: PassAtWork<S>) {
        let configuration = work.configuration
        let layer = configuration.layers[number]
        let states = LayerStates<S>(layer)
        (self.layer, self.number, self.work, self.states) = (layer, number, work, states)
        cells = configuration.cells(of: number).map {
            UnfoldedCell(configuration.cells[$0], of: states, work)
        }
    }

    private var segment: BlockSegment { cells[0].segment }
    private var sums: Bool { layer.directions == .bidirectionalSum }

    /// Memory for a block of sequences.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func allocate(for block: SequenceBlock, in memory: BlockMemory<S>) {
        let (configuration, plan, seed) = (work.configuration, work.plan, work.pass.dropoutSeed)
        let depth = configuration.layers.count
        mask = nil
        if let seed, configuration.dropout > 0, number < depth - 1 {
            mask = DropoutMask(probability: configuration.dropout, seed: seed, number: number)
        }
        states.allocate(for: block, of: layer, plan, keeps: work.pass.keepsStates, in: memory)
        for direction in cells.indices {
            var stateMask: DropoutMask?
            if let seed, configuration.stateDropout > 0, layer.isRecurrent {
                stateMask = DropoutMask(
                    probability: configuration.stateDropout, seed: seed,
                    number: depth + 2 * number + direction)
            }
            cells[direction].allocate(for: block, dropping: stateMask, in: memory)
        }
        let isSum = sums && !(number == depth - 1 && configuration.isPooled)
        let (rows, width, passing) = (plan.rows(of: block), layer.outputWidth, memory.passing)
        if isSum || mask != nil { ownOutputs = passing.allocate(rows: rows, columns: width) }
        if isSum && plan.isBackward { sumGradients = passing.allocate(rows: rows, columns: width) }
    }

    /// The rows that the next layer sees, R × width.
    var outputs: MutableMatrixView<S> {
        sums || mask != nil ? ownOutputs.first(segment.rowCount) : states.states(cells[0].stateRows)
    }

    /// ∂E/∂outputs, R × width.
    var outputGradients: MutableMatrixView<S> {
        sums ? sumGradients.first(segment.rowCount) : states.gradients(segment.rowCount)
    }

    /// The outputs of some steps, from the cells' states.
    func forwardOutputs(_ steps: Range<Int>) {
        guard sums || mask != nil else { return }
        let rows = segment.rows(steps)
        let target = outputs.rows(rows)
        if sums {
            target.copy(from: cells[0].states.rows(rows).readOnly)
            target.add(cells[1].states.rows(rows).readOnly)
        } else {
            target.copy(from: states.states(cells[0].stateRows).rows(rows).readOnly)
        }
        mask?.apply(to: target, of: steps, in: segment)
    }

    /// The cells' δS of some steps, from the gradients of the outputs.
    func backwardOutputs(_ steps: Range<Int>) {
        let rows = segment.rows(steps)
        drop(outputGradients.rows(rows), of: steps)
        guard sums else { return }
        for cell in cells { cell.stateGradients.rows(rows).copy(from: outputGradients.rows(rows).readOnly) }
    }

    /// Drops those elements of some steps' gradients that were dropped from the outputs.
    func drop(_ gradients: MutableMatrixView<S>, of steps: Range<Int>) {
        mask?.apply(to: gradients, of: steps, in: segment)
    }
}
