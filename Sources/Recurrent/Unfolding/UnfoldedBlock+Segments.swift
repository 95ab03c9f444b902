import RecurrentLinearAlgebra

// One segment of steps after the other, through all layers at once; for networks that read forwards only.
extension UnfoldedBlock {
    /// All segments one after the other, nothing being kept but what the pass asks for: its loss or,
    /// without an objective, states and outputs in the places of `results`.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func infer(
        _ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>, _ plan: UnfoldingPlan,
        _ results: ForwardPass<S>.Views?, _ helpers: ChunkHelpers<S>?
    ) {
        for number in 0..<plan.segments {
            take(number, pass, plan)
            if segment.rowCount == 0 { break }
            runForward(pass, weights, plan, helpers)
            if configuration.isPooled { readOut.pool(segment.steps) }
            keepFinalStates()
            results?.take(self)
        }
        if configuration.isPooled { evaluatePooled(pass, weights) }
        results?.finish(self)
    }

    /// The states of all segments, or, when they are not kept, those before each segment.
    func sweep(
        _ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>, _ plan: UnfoldingPlan,
        _ helpers: ChunkHelpers<S>?
    ) {
        for number in 0..<plan.segments {
            take(number, pass, plan)
            if segment.rowCount == 0 { break }
            if !plan.keepsAllStates {
                for layer in layers { for cell in layer.cells { keep(number, cell) } }
                if number + 1 == plan.segments && !configuration.isPooled { break }
            }
            runForward(pass, weights, plan, helpers, evaluates: false)
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

    /// One segment forwards and back: states, unless they are there already, outputs, loss and δz_t of all layers above
    /// the first.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func unfold(
        _ number: Int, _ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>, _ plan: UnfoldingPlan,
        _ helpers: ChunkHelpers<S>?
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
        runForward(pass, weights, plan, helpers, hasStates: hasStates)
        if configuration.isPooled {
            if !plan.sweeps {
                readOut.pool(segment.steps)
                evaluatePooled(pass, weights)
            }
            readOut.spread()
        }
        if let history = plan.history { return runBackward(history: history, pass, weights) }
        for number in layers.indices.dropFirst().reversed() {
            takeBack(number, pass, weights, plan, helpers)
        }
    }

    /// The rest of the way back of a segment that has been unfolded: the first layer, and ∂E/∂x_t.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func takeBackFirstLayer(
        _ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>, _ plan: UnfoldingPlan,
        inputGradient: MutableMatrixView<S>?
    ) {
        if segment.rowCount == 0 { return }
        if plan.history == nil { runBackward(0, direction: 0, segment.steps, pass, weights) }
        guard let inputGradient else { return }
        plan.forEachChunk(of: segment.steps) { finish($0, inputGradient, weights) }
    }

    /// The segment's states, unless they are there, and where there is one for every step outputs and losses, chunk
    /// after chunk through all layers.
    @specialized(where S == Double)
    @specialized(where S == Float)
    private func runForward(
        _ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>, _ plan: UnfoldingPlan,
        _ helpers: ChunkHelpers<S>?, hasStates: Bool = false, evaluates: Bool = true
    ) {
        let evaluates = evaluates && !configuration.isPooled
        if let helpers {
            return runForward(pass, weights, plan, with: helpers, hasStates: hasStates, evaluates: evaluates)
        }
        var sum = 0.0
        plan.forEachChunk(of: segment.steps) { chunk in
            if !hasStates { takeInputs(chunk, pass.batch) }
            for number in layers.indices {
                if !hasStates { runStates(number, direction: 0, chunk, pass, weights) }
                layers[number].merge(chunk)
            }
            if evaluates { sum += evaluate(chunk, pass, weights) }
        }
        add(loss: sum)
    }

    /// The δz_t of a layer above the first, and what it hands down to the layer below.
    @specialized(where S == Double)
    @specialized(where S == Float)
    private func takeBack(
        _ number: Int, _ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>, _ plan: UnfoldingPlan,
        _ helpers: ChunkHelpers<S>?
    ) {
        helpers?.open(.spread(layer: number - 1), of: self, pass, weights, plan, backwards: true)
        plan.forEachChunk(of: segment.steps, backwards: true) { chunk in
            runBackward(number, direction: 0, chunk, pass, weights)
            if let helpers { helpers.addChunk() } else { spread(number - 1, chunk, weights) }
        }
        _ = helpers?.close()
    }
}
