import LinearAlgebra

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
    private var outputBuffer = AlignedBuffer<S>(count: 0)
    private var outputGradientBuffer = AlignedBuffer<S>(count: 0)

    init(_ configuration: ElmanConfiguration, layer number: Int) {
        self.number = number
        let layer = configuration.layers[number]
        let states = LayerStates<S>(layer)
        (self.layer, self.states) = (layer, states)
        cells = configuration.cells(of: number).map { UnfoldedCell(configuration.cells[$0], of: states) }
    }

    /// Whether a layer's outputs, and their gradients, stand apart from its states.
    private static func isMerged(
        _ number: Int, _ configuration: ElmanConfiguration, dropsOut: Bool
    ) -> (outputs: Bool, gradients: Bool) {
        let isTop = number == configuration.layers.count - 1
        let isSum =
            configuration.layers[number].directions == .bidirectionalSum && !(isTop && configuration.isPooled)
        return (isSum || dropsOut && !isTop, isSum)
    }

    /// The elements that a layer takes for a block.
    static func elements(
        of number: Int, for block: SequenceBlock, _ configuration: ElmanConfiguration, _ plan: UnfoldingPlan
    ) -> Int {
        let layer = configuration.layers[number]
        let states = configuration.cells(of: number).reduce(
            LayerStates<S>.elements(of: layer, for: block, plan)
        ) {
            $0
                + UnfoldedCell<S>.elements(
                    of: configuration.cells[$1], for: block, plan,
                    dropsStates: configuration.stateDropout > 0)
        }
        let merged = isMerged(number, configuration, dropsOut: configuration.dropout > 0)
        let outputs = plan.rows(of: block) * layer.outputWidth
        return states + (merged.outputs ? outputs : 0) + (merged.gradients && plan.isBackward ? outputs : 0)
    }

    /// Makes room for a block of sequences.
    func prepare(_ block: SequenceBlock, _ plan: UnfoldingPlan, _ pass: UnfoldingPass<S>) {
        let configuration = pass.network.configuration
        let (seed, depth) = (pass.dropoutSeed, configuration.layers.count)
        mask = nil
        if let seed, configuration.dropout > 0, number < depth - 1 {
            mask = DropoutMask(probability: configuration.dropout, seed: seed, layer: number)
        }
        states.prepare(layer, block, plan)
        for direction in cells.indices {
            var stateMask: DropoutMask?
            if let seed, configuration.stateDropout > 0, layer.isRecurrent {
                stateMask = DropoutMask(
                    probability: configuration.stateDropout, seed: seed,
                    layer: depth + 2 * number + direction)
            }
            cells[direction].prepare(block, plan, stateMask)
            cells[direction].stateGradientSquares =
                pass.recordsStateGradients ? Array(repeating: 0, count: pass.batch.steps) : []
        }
        let merged = Self.isMerged(number, configuration, dropsOut: mask != nil)
        let elements = plan.rows(of: block) * layer.outputWidth
        if merged.outputs { reserve(&outputBuffer, elements) }
        if merged.gradients && plan.isBackward { reserve(&outputGradientBuffer, elements) }
    }

    /// What the next layer sees, R × width.
    var outputs: MutableMatrixView<S> {
        guard sums || mask != nil else { return states.states(cells[0].stateRows) }
        return outputBuffer.view(rows: segment.rowCount, columns: layer.outputWidth)
    }

    /// ∂E/∂outputs, R × width.
    var outputGradients: MutableMatrixView<S> {
        guard sums else { return states.gradients(segment.rowCount) }
        return outputGradientBuffer.view(rows: segment.rowCount, columns: layer.outputWidth)
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
