import LinearAlgebra

/// A layer unfolded in time for a block of sequences: its cells, and their states as the next layer sees them.
///
/// The states of a single cell from which nothing is dropped are the layer's outputs, and their gradients those of
/// the outputs; nothing is copied then.
final class UnfoldedLayer<S: Scalar> {
    let layer: RecurrentLayer
    let cells: [UnfoldedCell<S>]
    private let number: Int
    private var segment: BlockSegment { cells[0].segment }
    private var mask: DropoutMask?
    private var outputBuffer = AlignedBuffer<S>(count: 0)
    private var outputGradientBuffer = AlignedBuffer<S>(count: 0)

    init(_ configuration: ElmanConfiguration, layer number: Int) {
        self.number = number
        layer = configuration.layers[number]
        cells = configuration.cells(of: number).map { UnfoldedCell(configuration.cells[$0]) }
    }

    /// Whether a layer's outputs, and their gradients, stand apart from its states.
    private static func isMerged(
        _ number: Int, _ configuration: ElmanConfiguration, dropsOut: Bool
    ) -> (outputs: Bool, gradients: Bool) {
        let isTop = number == configuration.layers.count - 1
        let isMerged = configuration.layers[number].directions.count > 1 && !(isTop && configuration.isPooled)
        return (isMerged || dropsOut && !isTop, isMerged)
    }

    /// The elements that a layer takes for a block.
    static func elements(
        of number: Int, for block: SequenceBlock, _ configuration: ElmanConfiguration, _ plan: UnfoldingPlan
    ) -> Int {
        let cells = configuration.cells(of: number).reduce(0) {
            $0
                + UnfoldedCell<S>.elements(
                    of: configuration.cells[$1], for: block, plan,
                    dropsStates: configuration.stateDropout > 0)
        }
        let merged = isMerged(number, configuration, dropsOut: configuration.dropout > 0)
        let outputs = plan.rows(of: block) * configuration.layers[number].outputWidth
        return cells + (merged.outputs ? outputs : 0) + (merged.gradients && plan.isBackward ? outputs : 0)
    }

    /// Makes room for a block of sequences.
    func prepare(_ block: SequenceBlock, _ plan: UnfoldingPlan, _ pass: UnfoldingPass<S>) {
        let configuration = pass.network.configuration
        let (seed, depth) = (pass.dropoutSeed, configuration.layers.count)
        mask = nil
        if let seed, configuration.dropout > 0, number < depth - 1 {
            mask = DropoutMask(probability: configuration.dropout, seed: seed, layer: number)
        }
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

    /// What the next layer sees, R × width, in the order of the block's rows.
    var outputs: MutableMatrixView<S> {
        guard cells.count > 1 || mask != nil else { return cells[0].states }
        return outputBuffer.view(rows: segment.rowCount, columns: layer.outputWidth)
    }

    /// ∂E/∂outputs, R × width.
    var outputGradients: MutableMatrixView<S> {
        guard cells.count > 1 else { return cells[0].stateGradients }
        return outputGradientBuffer.view(rows: segment.rowCount, columns: layer.outputWidth)
    }

    /// The outputs of some steps from the cells' states.
    func merge(_ steps: Range<Int>) {
        let rows = segment.rows(steps)
        if cells.count > 1 {
            let target = outputs.rows(rows)
            let mirror = segment.block.mirror[rows]
            target.columns(cells[0].cell.outputColumns).copy(from: cells[0].states.rows(rows).readOnly)
            if layer.directions == .bidirectional {
                target.columns(cells[1].cell.outputColumns).copyRows(of: cells[1].states.readOnly, at: mirror)
            } else {
                target.addRows(of: cells[1].states.readOnly, at: mirror)
            }
        } else if mask != nil {
            outputs.rows(rows).copy(from: cells[0].states.rows(rows).readOnly)
        }
        mask?.apply(to: outputs.rows(rows), of: steps, in: segment)
    }

    /// Gradients of the outputs of some steps become those of the states that they were made from.
    func drop(_ gradients: MutableMatrixView<S>, of steps: Range<Int>) {
        mask?.apply(to: gradients, of: steps, in: segment)
    }

    /// The gradients of the outputs of some steps handed on to the cells.
    func spread(_ steps: Range<Int>) {
        let rows = segment.rows(steps)
        drop(outputGradients.rows(rows), of: steps)
        guard cells.count > 1 else { return }
        let gradients = outputGradients.rows(rows).readOnly
        let (forward, reverse) = (cells[0], cells[1])
        forward.stateGradients.rows(rows).copy(from: gradients.columns(forward.cell.outputColumns))
        // A mirror shows both ways: row r of the one order is row mirror[r] of the other.
        reverse.stateGradients.placeRows(
            of: gradients.columns(reverse.cell.outputColumns), at: segment.block.mirror[rows])
    }
}
