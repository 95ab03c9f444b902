import RecurrentLinearAlgebra

/// A block of sequences unfolded in time: all layers over a segment of timesteps, and the read-out. One worker at
/// a time carries a block, or a cell of it; blocks share nothing.
final class UnfoldedBlock<S: Scalar> {
    let configuration: NetworkConfiguration
    let layers: [UnfoldedLayer<S>]
    let readOut: UnfoldedReadOut<S>
    private(set) var block = BlockSegment.none.block
    private(set) var segment = BlockSegment.none
    /// The sum of the block's weighted losses so far.
    private(set) var loss = 0.0
    /// X of all steps, where it is copied from a data set.
    private(set) var inputPiece = Workspace<S>.Piece()

    init(_ configuration: NetworkConfiguration) {
        self.configuration = configuration
        layers = configuration.layers.indices.map { UnfoldedLayer(configuration, layer: $0) }
        readOut = UnfoldedReadOut(configuration, over: layers[layers.count - 1])
    }

    /// Takes up a block of sequences, and room for it.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func prepare(
        _ block: SequenceBlock, _ plan: UnfoldingPlan, _ pass: UnfoldingPass<S>, _ memory: BlockMemory<S>
    ) {
        self.block = block
        loss = 0
        for layer in layers { layer.prepare(block, plan, pass, memory) }
        readOut.prepare(block, plan, memory)
        if case .rows = pass.batch.rows { inputPiece = memory.passing.take(block.rows * pass.batch.width) }
    }

    /// Whether δz_t of some step was clipped.
    var wasClipped: Bool {
        for layer in layers { for cell in layer.cells where cell.wasClipped { return true } }
        return false
    }

    func add(loss part: Double) { loss += part }

    func begin(_ steps: Range<Int>) {
        segment = BlockSegment(block, steps)
        for layer in layers { for cell in layer.cells { cell.begin(segment) } }
    }

    /// Turns to a segment: for the first one from s_0, for others from the states of the segment before.
    func take(_ number: Int, _ pass: UnfoldingPass<S>, _ plan: UnfoldingPlan) {
        if number == 0 {
            begin(pass, plan)
        } else {
            segment = BlockSegment(block, plan.segment(number))
            for layer in layers { for cell in layer.cells { cell.proceed(to: segment) } }
        }
    }

    /// Turns to the first segment, from s_0.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func begin(_ pass: UnfoldingPass<S>, _ plan: UnfoldingPlan) {
        begin(plan.segment(0))
        readOut.begin()
        for layer in layers {
            for cell in layer.cells {
                cell.drawMask()
                cell.loadInitialStates(pass)
            }
        }
    }
}

// A cell or a layer at a time.
extension UnfoldedBlock {
    /// X W_x of some steps in the place of a cell's states, the layer's input being there.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func multiplyInputs(
        _ number: Int, direction: Int, _ steps: Range<Int>, _ pass: UnfoldingPass<S>,
        _ weights: UnfoldingWeights<S>
    ) {
        let cell = layers[number].cells[direction]
        let cellWeights = weights.cells[number][direction]
        let Z = cell.states.rows(segment.rows(steps))
        if number > 0 {
            let X = layers[number - 1].outputs.rows(segment.rows(steps)).readOnly
            cellWeights.inputs?.multiply(X, beta: 0, into: Z)
        } else {
            switch pass.batch.rows {
            case .values, .rows:
                withInputs(steps, pass.batch) { cellWeights.inputs?.multiply($0, beta: 0, into: Z) }
            case .tokens(let tokens):
                let rows = segment.batchRows(steps)
                if let embedding = weights.embedding {
                    Z.gatherRows(tokens.places[rows], of: embedding.products(direction).readOnly)
                } else {
                    let W_x = pass.network.parameters.view(cell.cell.name(.inputWeights))
                    Z.gatherRows(tokens.indices[rows], of: W_x)
                }
            }
        }
    }

    /// The states of some steps of a cell, whose layer's input is there.
    func runStates(
        _ number: Int, direction: Int, _ steps: Range<Int>, _ pass: UnfoldingPass<S>,
        _ weights: UnfoldingWeights<S>
    ) {
        multiplyInputs(number, direction: direction, steps, pass, weights)
        layers[number].cells[direction].runStates(steps, pass, weights.cells[number][direction])
    }

    /// All states of a cell of a network that reads both ways.
    func runStates(
        _ number: Int, direction: Int, _ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>,
        _ plan: UnfoldingPlan
    ) {
        plan.forEachChunk(of: segment.steps, backwards: layers[number].cells[direction].cell.isReverse) {
            runStates(number, direction: direction, $0, pass, weights)
        }
    }

    /// δz_t of a cell for some steps, whose layer's output gradients have been spread.
    func runBackward(
        _ number: Int, direction: Int, _ steps: Range<Int>, _ pass: UnfoldingPass<S>,
        _ weights: UnfoldingWeights<S>
    ) {
        layers[number].cells[direction].runBackward(steps, pass, weights.cells[number][direction])
    }

    /// The gradients that a layer's cells begin with: what the layer above hands down, or for the top layer what
    /// the read-out left.
    func spread(_ number: Int, _ steps: Range<Int>, _ weights: UnfoldingWeights<S>) {
        if number + 1 < layers.count {
            let rows = segment.rows(steps)
            inputGradients(of: number + 1, rows, into: layers[number].outputGradients.rows(rows), weights)
        } else if configuration.isPooled {
            return
        }
        layers[number].spread(steps)
    }

    /// ∂E/∂x_t of the batch's rows, of some steps.
    func finish(
        _ steps: Range<Int>, _ inputGradient: MutableMatrixView<S>, _ weights: UnfoldingWeights<S>
    ) {
        inputGradients(
            of: 0, segment.rows(steps), into: inputGradient.rows(segment.batchRows(steps)), weights)
    }

    /// Σ δZ W_xᵀ over the cells of a layer, for some rows.
    private func inputGradients(
        of number: Int, _ rows: Range<Int>, into gradient: MutableMatrixView<S>,
        _ weights: UnfoldingWeights<S>
    ) {
        let cells = layers[number].cells
        for direction in cells.indices {
            weights.cells[number][direction].inputsTransposed?.multiply(
                cells[direction].stateGradients.rows(rows).readOnly, beta: direction == 0 ? 0 : 1,
                into: gradient)
        }
    }

    /// Outputs of some steps; on the way back also what they hand down to the states.
    ///
    /// - Returns: their loss, for the caller to add.
    func evaluate(
        _ steps: Range<Int>, _ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>
    ) -> Double {
        evaluate(segment.rows(steps), of: segment.batchRows(steps), pass, weights)
    }

    /// The outputs of the block's sequences and their loss; on the way back also what they hand down.
    func evaluatePooled(_ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>) {
        readOut.finishPooling(pass)
        let n = block.sequences.count
        loss += evaluate(0..<n, of: block.firstPlace..<block.firstPlace + n, pass, weights)
        if weights.outputsTransposed != nil { readOut.finishGradient(pass) }
    }

    private func evaluate(
        _ rows: Range<Int>, of objectiveRows: Range<Int>, _ pass: UnfoldingPass<S>,
        _ weights: UnfoldingWeights<S>
    ) -> Double {
        readOut.readOut(rows, pass, weights)
        let A = readOut.outputs.rows(rows)
        var loss = 0.0
        if let objective = pass.objective {
            loss = objective.evaluate(rows: objectiveRows, inPlaceOf: A)
        } else if pass.appliesOutputFunction {
            configuration.output.apply(to: A)
        }
        weights.outputsTransposed?.multiply(
            A.readOnly, beta: 0, into: readOut.inputGradients.rows(rows))
        return loss
    }
}
