import RecurrentLinearAlgebra

/// A block of sequences unfolded in time: all layers over a segment of timesteps, and the read-out. One worker at
/// a time carries a block, or a cell of it; blocks share nothing.
///
/// Here are the pieces of the computation, for some steps of the segment; the itineraries put them in order.
final class UnfoldedBlock<S: Scalar> {
    let work: PassAtWork<S>
    let layers: [UnfoldedLayer<S>]
    let readOut: UnfoldedReadOut<S>
    private(set) var block = BlockSegment.none.block
    private(set) var segment = BlockSegment.none
    /// The sum of the block's weighted losses so far.
    private(set) var loss = 0.0
    /// All rows of the block × I: X, where it is copied from a data set.
    private var copiedInputs = Workspace<S>.Allocation()

    init(_ work: PassAtWork<S>) {
        self.work = work
        layers = work.configuration.layers.indices.map { UnfoldedLayer($0, work) }
        readOut = UnfoldedReadOut(over: layers[layers.count - 1], work)
    }

    /// Memory for a block of sequences, which takes the place of the block before.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func allocate(for block: SequenceBlock, in memory: BlockMemory<S>) {
        self.block = block
        loss = 0
        for layer in layers { layer.allocate(for: block, in: memory) }
        readOut.allocate(for: block, in: memory)
        if case .rows = work.pass.batch.rows {
            copiedInputs = memory.passing.allocate(rows: block.rows, columns: work.pass.batch.width)
        }
    }

    /// Turns to a segment: the first one begins at s_0, others at the states of the segment before.
    func advance(toSegment number: Int) {
        if number == 0 { return enterFirstSegment() }
        segment = BlockSegment(block, work.plan.segment(number))
        forEachCell { $0.advance(to: segment) }
    }

    /// Turns to the first segment, with s_0 and new dropout masks.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func enterFirstSegment() {
        enter(segment: 0)
        readOut.clearPool()
        forEachCell {
            $0.drawMask()
            $0.loadInitialStates()
        }
    }

    /// Turns to a segment whose states before it are for the caller to provide.
    func enter(segment number: Int) {
        segment = BlockSegment(block, work.plan.segment(number))
        forEachCell { $0.enter(segment) }
    }

    func add(loss more: Double) { loss += more }

    func forEachCell(_ body: (UnfoldedCell<S>) -> Void) {
        for layer in layers { for cell in layer.cells { body(cell) } }
    }

    func cell(_ layer: Int, _ direction: Int) -> UnfoldedCell<S> { layers[layer].cells[direction] }
}

// Inputs. Those of a batch that are rows of a data set are copied by the worker that carries the block, a chunk at a
// time, right before they are used: they are in its cache then.
extension UnfoldedBlock {
    /// Copies X of some steps if it stands in a data set.
    func copyInputs(_ steps: Range<Int>) {
        guard case .rows(let places, let source) = work.pass.batch.rows else { return }
        let X = copiedInputs[segment.block.rows(in: steps)]
        source.withView { X.gatherRows(places[segment.batchRows(steps)], of: $0) }
    }

    /// Calls `body` with X of some steps, which have been copied; not for tokens.
    func withInputs(_ steps: Range<Int>, _ body: (MatrixView<S>) -> Void) {
        switch work.pass.batch.rows {
        case .values(let X): X.withView { body($0.rows(segment.batchRows(steps))) }
        case .rows: body(copiedInputs[segment.block.rows(in: steps)].readOnly)
        case .tokens: return
        }
    }

    /// Z = X W_x of some steps of a cell, where the layer's input is there.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func multiplyInputs(_ layer: Int, direction: Int = 0, _ steps: Range<Int>) {
        let cell = cell(layer, direction)
        let W_x = cell.weights.inputs
        let Z = cell.Z.rows(segment.rows(steps)).columns(cell.cell.inputColumns)
        if layer > 0 {
            let X = layers[layer - 1].outputs.rows(segment.rows(steps)).readOnly
            W_x?.multiply(X, beta: 0, into: Z)
            return
        }
        guard case .tokens(let tokens) = work.pass.batch.rows else {
            return withInputs(steps) { W_x?.multiply($0, beta: 0, into: Z) }
        }
        let rows = segment.batchRows(steps)
        if let embedding = work.weights.embedding {
            Z.gatherRows(tokens.places[rows], of: embedding.products(direction).readOnly)
        } else {
            Z.gatherRows(tokens.indices[rows], of: work.pass.parameters.view(cell.cell.name(.inputWeights)))
        }
    }

    /// ∂E/∂x_t of the batch's rows, of some steps.
    func backwardInputs(_ steps: Range<Int>, into gradient: MutableMatrixView<S>) {
        multiplyGradients(of: 0, segment.rows(steps), into: gradient.rows(segment.batchRows(steps)))
    }

    /// Σ δZ W_xᵀ over the cells of a layer, for some rows.
    private func multiplyGradients(
        of layer: Int, _ rows: Range<Int>, into gradient: MutableMatrixView<S>
    ) {
        let cells = layers[layer].cells
        for direction in cells.indices {
            cells[direction].weights.inputsTransposed?.multiply(
                cells[direction].inputGradients(rows).readOnly, beta: direction == 0 ? 0 : 1, into: gradient)
        }
    }
}

// Outputs and losses, and what they and the layers hand down.
extension UnfoldedBlock {
    /// Outputs of some steps; in a pass with a loss the gradients that they hand down to the top layer's outputs.
    ///
    /// - Returns: their loss, for the caller to add.
    func evaluate(_ steps: Range<Int>) -> Double {
        readOut.dropInputs(steps)
        let loss = evaluate(segment.rows(steps), objectiveRows: segment.batchRows(steps))
        if work.plan.isBackward { readOut.dropGradients(steps) }
        return loss
    }

    /// One output for each of the block's sequences, their loss and what they hand down.
    func evaluatePool() {
        readOut.divideByLengths(readOut.inputs)
        readOut.dropPool(readOut.inputs)
        let n = block.sequences.count
        add(loss: evaluate(0..<n, objectiveRows: block.firstPlace..<block.firstPlace + n))
        if !work.plan.isBackward { return }
        readOut.dropPool(readOut.inputGradients)
        readOut.divideByLengths(readOut.inputGradients)
    }

    private func evaluate(_ rows: Range<Int>, objectiveRows: Range<Int>) -> Double {
        readOut.forwardOutputs(rows)
        let A = readOut.outputs.rows(rows)
        var loss = 0.0
        if let objective = work.pass.objective {
            loss = objective.evaluate(rows: objectiveRows, inPlaceOf: A)
        } else if work.pass.appliesOutputFunction {
            work.configuration.output.apply(to: A)
        }
        readOut.backwardOutputs(rows)
        return loss
    }

    /// The δS that a layer's cells begin with: what the layer above hands down, or for the top layer what the read-out
    /// left.
    func handDown(to layer: Int, _ steps: Range<Int>) {
        if layer + 1 < layers.count {
            let rows = segment.rows(steps)
            multiplyGradients(of: layer + 1, rows, into: layers[layer].outputGradients.rows(rows))
        } else if work.configuration.isPooled {
            return
        }
        layers[layer].backwardOutputs(steps)
    }
}
