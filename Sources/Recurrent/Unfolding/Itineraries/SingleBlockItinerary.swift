import RecurrentLinearAlgebra

/// A batch that is one block. One worker goes through the recurrences, which nobody can share with it; the others do
/// what can be done for the chunks that it has left behind.
///
/// Chunks follow from the problem, and their losses are added in their order.
final class SingleBlockItinerary<S: Scalar>: ParallelWork {
    private enum Phase {
        /// X W_x of a layer; an item is a chunk.
        case multiplyInputs(layer: Int)
        /// Outputs and losses of a chunk, and on the way back what they hand down.
        case evaluate
        /// The gradients of a chunk that the layer above hands down, the last chunk first.
        case handDown(layer: Int)
        /// A tile of a layer above the first, or of the read-out.
        case accumulateOthers
        case accumulateFirstLayer
    }

    package var name: String { "\(phase)" }
    private unowned let engine: UnfoldingEngine<S>
    private let (work, blocks): (PassAtWork<S>, UnfoldedBlocks<S>)
    private var phase = Phase.evaluate
    /// The losses of a segment's chunks.
    private var losses = AlignedBuffer<Double>(count: 0)

    init(_ engine: UnfoldingEngine<S>) {
        self.engine = engine
        (work, blocks) = (engine.work, engine.blocks)
    }

    @specialized(where S == Double)
    @specialized(where S == Float)
    func forward() {
        blocks.carry(0..<1) { block in
            block.forward { forwardSegment(of: block, evaluates: !work.configuration.isPooled) }
        }
    }

    @specialized(where S == Double)
    @specialized(where S == Float)
    func forwardAndBack() {
        let block = blocks[0]
        if work.plan.computesStatesFirst {
            block.computeStates { forwardSegment(of: block, evaluates: false) }
        }
        for segment in (0..<work.plan.segments).reversed() { unfold(block, segment) }
    }

    /// One segment of a training step.
    @specialized(where S == Double)
    @specialized(where S == Float)
    private func unfold(_ block: UnfoldedBlock<S>, _ number: Int) {
        let (plan, isPooled) = (work.plan, work.configuration.isPooled)
        block.enterToUnfold(segment: number)
        let steps = block.segment.steps
        if block.hasStates {
            plan.forEachChunk(of: steps) { block.forwardOutputs($0) }
            if !isPooled { share(.evaluate) }
        } else {
            forwardSegment(of: block, evaluates: !isPooled)
        }
        if isPooled { block.unfoldPool() }
        if let history = plan.history {
            block.backwardStates(history: history)
        } else {
            for layer in block.layers.indices.dropFirst().reversed() { backwardStates(of: block, layer) }
        }
        // While this worker goes back through the first layer, the others sum up what does not wait for it.
        open(.accumulateOthers)
        for _ in engine.tiles.aboveFirstLayer { engine.pool.addItem() }
        if plan.history == nil { block.cell(0, 0).backwardStates(steps) }
        block.backwardInputs()
        close()
        phase = .accumulateFirstLayer
        engine.share(self, items: engine.tiles.byLayer[0].count)
    }

    /// The states of a segment, layer by layer, while the others evaluate the chunks that are ready, or multiply them
    /// with W_x of the next layer.
    @specialized(where S == Double)
    @specialized(where S == Float)
    private func forwardSegment(of block: UnfoldedBlock<S>, evaluates: Bool) {
        share(.multiplyInputs(layer: 0))
        for layer in block.layers.indices {
            let isTop = layer + 1 == block.layers.count
            let next: Phase? = isTop ? evaluates ? .evaluate : nil : .multiplyInputs(layer: layer + 1)
            if let next { open(next) }
            work.plan.forEachChunk(of: block.segment.steps) { chunk in
                block.cell(layer, 0).forwardStates(chunk)
                block.layers[layer].forwardOutputs(chunk)
                if next != nil { engine.pool.addItem() }
            }
            if next != nil { close() }
        }
    }

    /// δz_t of a layer above the first, while the others hand down the chunks that are ready.
    private func backwardStates(of block: UnfoldedBlock<S>, _ layer: Int) {
        open(.handDown(layer: layer - 1))
        work.plan.forEachChunk(of: block.segment.steps, backwards: true) { chunk in
            block.cell(layer, 0).backwardStates(chunk)
            engine.pool.addItem()
        }
        close()
    }

    @specialized(where S == Double)
    @specialized(where S == Float)
    package func work(on item: Int) {
        let block = blocks[0]
        switch phase {
        case .multiplyInputs(let layer):
            let chunk = work.plan.chunk(item, of: block.segment.steps)
            if layer == 0 { block.copyInputs(chunk) }
            block.multiplyInputs(layer, chunk)
        case .evaluate:
            losses.vector[item] = block.evaluate(work.plan.chunk(item, of: block.segment.steps))
        case .handDown(let layer):
            let last = work.plan.chunkCount(of: block.segment.steps) - 1
            block.handDown(to: layer, work.plan.chunk(last - item, of: block.segment.steps))
        case .accumulateOthers:
            engine.tiles.aboveFirstLayer[item].accumulate(block, block.segment.steps, into: work.gradient)
        case .accumulateFirstLayer:
            engine.tiles.byLayer[0][item].accumulate(block, block.segment.steps, into: work.gradient)
        }
    }
}

// The other workers.
extension SingleBlockItinerary {
    /// The number of chunks of the segment at work.
    private var chunks: Int { work.plan.chunkCount(of: blocks[0].segment.steps) }

    /// Does a phase for all chunks.
    private func share(_ phase: Phase) {
        begin(phase)
        engine.pool.run(self, items: chunks)
        addLosses()
    }

    /// Begins a phase whose items become ready one after the other.
    private func open(_ phase: Phase) {
        begin(phase)
        engine.pool.open(self)
    }

    /// Waits for the items.
    private func close() {
        engine.pool.close()
        addLosses()
    }

    private func begin(_ phase: Phase) {
        self.phase = phase
        if losses.count < chunks { losses = AlignedBuffer(count: chunks) }
    }

    /// Adds the losses of all chunks after an evaluation.
    private func addLosses() {
        guard case .evaluate = phase else { return }
        let losses = losses.vector.readOnly
        blocks[0].add(loss: (0..<chunks).reduce(0.0) { $0 + losses[$1] })
    }
}
