import RecurrentLinearAlgebra

/// A layer unfolded in time for a block of sequences: its cells, and their states as the next layer sees them.
///
/// The states of the cells side by side are the layer's outputs, and their gradients those of the outputs, unless
/// states are summed up or dropped; nothing is copied then.
final class UnfoldedLayer<S: Scalar> {
    let layer: RecurrentLayer
    let cells: [UnfoldedCell<S>]
    private let number: Int
    private let states: LayerStates<S>
    private var segment: BlockSegment { cells[0].segment }
    private var sums: Bool { layer.directions == .bidirectionalSum }
    private var mask: DropoutMask?
    private var outputPiece = Workspace<S>.Piece()
    private var outputGradientPiece = Workspace<S>.Piece()

    init(_ configuration: NetworkConfiguration, layer number: Int) {
        self.number = number
        let layer = configuration.layers[number]
        let states = LayerStates<S>(layer)
        (self.layer, self.states) = (layer, states)
        cells = configuration.cells(of: number).map { UnfoldedCell(configuration.cells[$0], of: states) }
    }

    /// Takes room for a block of sequences.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func prepare(
        _ block: SequenceBlock, _ plan: UnfoldingPlan, _ pass: UnfoldingPass<S>, _ memory: BlockMemory<S>
    ) {
        let configuration = pass.network.configuration
        let (seed, depth) = (pass.dropoutSeed, configuration.layers.count)
        mask = nil
        if let seed, configuration.dropout > 0, number < depth - 1 {
            mask = DropoutMask(probability: configuration.dropout, seed: seed, layer: number)
        }
        states.prepare(layer, block, plan, keeps: pass.keepsStates, memory)
        for direction in cells.indices {
            var stateMask: DropoutMask?
            if let seed, configuration.stateDropout > 0, layer.isRecurrent {
                stateMask = DropoutMask(
                    probability: configuration.stateDropout, seed: seed,
                    layer: depth + 2 * number + direction)
            }
            cells[direction].prepare(block, plan, stateMask, memory)
            cells[direction].stateGradientSquares =
                pass.recordsStateGradients ? Array(repeating: 0, count: pass.batch.steps) : []
        }
        // Outputs, and their gradients, that stand apart from the states.
        let isSum = sums && !(number == depth - 1 && configuration.isPooled)
        let elements = plan.rows(of: block) * layer.outputWidth
        if isSum || mask != nil { outputPiece = memory.passing.take(elements) }
        if isSum && plan.isBackward { outputGradientPiece = memory.passing.take(elements) }
    }

    /// What the next layer sees, R × width.
    var outputs: MutableMatrixView<S> {
        guard sums || mask != nil else { return states.states(cells[0].stateRows) }
        return outputPiece.view(rows: segment.rowCount, columns: layer.outputWidth)
    }

    /// ∂E/∂outputs, R × width.
    var outputGradients: MutableMatrixView<S> {
        guard sums else { return states.gradients(segment.rowCount) }
        return outputGradientPiece.view(rows: segment.rowCount, columns: layer.outputWidth)
    }

    /// The outputs of some steps from the cells' states.
    func merge(_ steps: Range<Int>) {
        guard sums || mask != nil else { return }
        let target = outputs.rows(segment.rows(steps))
        if sums {
            target.copy(from: cells[0].states.rows(segment.rows(steps)).readOnly)
            target.add(cells[1].states.rows(segment.rows(steps)).readOnly)
        } else {
            target.copy(from: states.states(cells[0].stateRows).rows(segment.rows(steps)).readOnly)
        }
        mask?.apply(to: target, of: steps, in: segment)
    }

    /// Gradients of the outputs of some steps become those of the states that they were made from.
    func drop(_ gradients: MutableMatrixView<S>, of steps: Range<Int>) {
        mask?.apply(to: gradients, of: steps, in: segment)
    }

    /// The gradients of the outputs of some steps handed on to the cells.
    func spread(_ steps: Range<Int>) {
        let rows = segment.rows(steps)
        drop(outputGradients.rows(rows), of: steps)
        guard sums else { return }
        for cell in cells { cell.stateGradients.rows(rows).copy(from: outputGradients.rows(rows).readOnly) }
    }
}
