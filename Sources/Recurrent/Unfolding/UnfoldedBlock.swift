import LinearAlgebra

/// A block of sequences unfolded in time: all layers over a segment of timesteps, and the read-out. One worker at
/// a time carries a block, or a cell of it; blocks share nothing.
final class UnfoldedBlock<S: Scalar> {
    let configuration: ElmanConfiguration
    let layers: [UnfoldedLayer<S>]
    let readOut: UnfoldedReadOut<S>
    private(set) var block = BlockSegment.none.block
    private(set) var segment = BlockSegment.none
    /// The sum of the block's weighted losses so far.
    private(set) var loss = 0.0
    /// X of all steps, where it is copied from a data set.
    private(set) var inputPiece = Workspace<S>.Piece()

    init(_ configuration: ElmanConfiguration) {
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

    func begin(_ steps: Range<Int>) {
        segment = BlockSegment(block, steps)
        for layer in layers { for cell in layer.cells { cell.begin(segment) } }
    }

    /// Turns to a segment: for the first one from s_0, for others from the states of the segment before.
    private func take(_ number: Int, _ pass: UnfoldingPass<S>, _ plan: UnfoldingPlan) {
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

// One segment of steps after the other, through all layers at once; for networks that read forwards only.
extension UnfoldedBlock {
    /// All segments one after the other, nothing being kept but what the pass asks for: its loss or,
    /// without an objective, states and outputs in the places of `results`.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func infer(
        _ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>, _ plan: UnfoldingPlan,
        _ results: ForwardPass<S>.Views?
    ) {
        for number in 0..<plan.segments {
            take(number, pass, plan)
            if segment.rowCount == 0 { break }
            runStates(segment.steps, pass, weights)
            if configuration.isPooled {
                readOut.pool(segment.steps)
            } else {
                evaluate(segment.steps, pass, weights)
            }
            keepFinalStates()
            results?.take(self)
        }
        if configuration.isPooled { evaluatePooled(pass, weights) }
        results?.finish(self)
    }

    /// The states of all segments, or, when they are not kept, those before each segment.
    func sweep(_ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>, _ plan: UnfoldingPlan) {
        for number in 0..<plan.segments {
            take(number, pass, plan)
            if segment.rowCount == 0 { break }
            if !plan.keepsAllStates {
                for layer in layers { for cell in layer.cells { keep(number, cell) } }
                if number + 1 == plan.segments && !configuration.isPooled { break }
            }
            plan.forEachChunk(of: segment.steps) { runStates($0, pass, weights) }
            readOut.pool(segment.steps)
        }
        if configuration.isPooled { evaluatePooled(pass, weights) }
    }

    /// Keeps the states of the sequences that end within the segment, of a pass without gradients.
    func keepFinalStates() {
        for layer in layers { for cell in layer.cells { cell.keepFinalStates() } }
    }

    private func keep(_ number: Int, _ cell: UnfoldedCell<S>) {
        cell.keptStates(number, segment.initialRows).copy(from: cell.initialStates.readOnly)
    }

    /// One segment forwards and back: states, unless they are there already, outputs, loss and all δz_t.
    ///
    /// - Parameter inputGradient: where ∂E/∂x_t of the batch's rows goes, if it is wanted.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func unfold(
        _ number: Int, _ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>, _ plan: UnfoldingPlan,
        inputGradient: MutableMatrixView<S>?
    ) {
        if plan.sweeps { begin(plan.segment(number)) } else { begin(pass, plan) }
        if segment.rowCount == 0 { return }
        let hasStates = plan.sweeps && plan.keepsAllStates
        if plan.keptSegments > 0 {
            for layer in layers {
                for cell in layer.cells {
                    cell.initialStates.copy(from: cell.keptStates(number, segment.initialRows).readOnly)
                }
            }
        }
        plan.forEachChunk(of: segment.steps) { chunk in
            if hasStates {
                for layer in layers { layer.merge(chunk) }
            } else {
                runStates(chunk, pass, weights)
            }
            if !configuration.isPooled { evaluate(chunk, pass, weights) }
        }
        if configuration.isPooled {
            if !plan.sweeps {
                readOut.pool(segment.steps)
                evaluatePooled(pass, weights)
            }
            readOut.spread()
        }
        if let history = plan.history {
            runBackward(history: history, pass, weights)
        } else {
            for number in layers.indices.reversed() {
                spread(number, segment.steps, weights)
                runBackward(number, direction: 0, segment.steps, pass, weights)
            }
        }
        if let inputGradient { finish(inputGradient, weights) }
    }

    /// The states of some steps, of one layer after the other.
    private func runStates(
        _ steps: Range<Int>, _ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>
    ) {
        takeInputs(steps, pass.batch)
        for number in layers.indices {
            runStates(number, direction: 0, steps, pass, weights)
            layers[number].merge(steps)
        }
    }
}

// A cell or a layer at a time.
extension UnfoldedBlock {
    /// The states of some steps of a cell, whose layer's input is there.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func runStates(
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
        cell.runStates(steps, pass, cellWeights)
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

    /// ∂E/∂x_t of the batch's rows.
    func finish(_ inputGradient: MutableMatrixView<S>, _ weights: UnfoldingWeights<S>) {
        inputGradients(
            of: 0, 0..<segment.rowCount, into: inputGradient.rows(segment.batchRows(segment.steps)), weights)
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

    /// Outputs of some steps and their loss; on the way back also what they hand down to the states.
    func evaluate(_ steps: Range<Int>, _ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>) {
        evaluate(segment.rows(steps), of: segment.batchRows(steps), pass, weights)
    }

    /// The outputs of the block's sequences and their loss; on the way back also what they hand down.
    func evaluatePooled(_ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>) {
        readOut.finishPooling(pass)
        let n = block.sequences.count
        evaluate(0..<n, of: block.firstPlace..<block.firstPlace + n, pass, weights)
        if weights.outputsTransposed != nil { readOut.finishGradient(pass) }
    }

    private func evaluate(
        _ rows: Range<Int>, of objectiveRows: Range<Int>, _ pass: UnfoldingPass<S>,
        _ weights: UnfoldingWeights<S>
    ) {
        readOut.readOut(rows, pass, weights)
        let A = readOut.outputs.rows(rows)
        if let objective = pass.objective {
            loss += objective.evaluate(rows: objectiveRows, inPlaceOf: A)
        } else if pass.appliesOutputFunction {
            configuration.output.apply(to: A)
        }
        weights.outputsTransposed?.multiply(
            A.readOnly, beta: 0, into: readOut.inputGradients.rows(rows))
    }
}
