import RecurrentLinearAlgebra

/// One segment of steps after the other, through all layers at once, blocks side by side; for networks that read
/// forwards. On the way back the gradient of a segment is summed up while its states are in the cache.
final class SegmentItinerary<S: Scalar>: ParallelWork {
    private enum Phase {
        case forward, computeStates
        case unfold(segment: Int)
        case accumulate
    }

    package var name: String { "\(phase)" }
    private unowned let engine: UnfoldingEngine<S>
    private let (work, blocks): (PassAtWork<S>, UnfoldedBlocks<S>)
    private var phase = Phase.forward

    init(_ engine: UnfoldingEngine<S>) {
        self.engine = engine
        (work, blocks) = (engine.work, engine.blocks)
    }

    func forward() { share(.forward, items: blocks.count) }

    func forwardAndBack() {
        if work.plan.computesStatesFirst { share(.computeStates, items: blocks.count) }
        for segment in (0..<work.plan.segments).reversed() {
            share(.unfold(segment: segment), items: blocks.count)
            share(.accumulate, items: engine.tiles.all.count)
        }
    }

    private func share(_ phase: Phase, items: Int) {
        self.phase = phase
        engine.share(self, items: items)
    }

    @specialized(where S == Double)
    @specialized(where S == Float)
    package func work(on item: Int) {
        switch phase {
        case .forward: blocks.carry(item..<item + 1) { $0.forward() }
        case .computeStates: blocks[item].computeStates()
        case .unfold(let segment): blocks[item].unfold(segment: segment)
        case .accumulate:
            let tile = engine.tiles.all[item]
            for number in 0..<blocks.count {
                let block = blocks[number]
                tile.accumulate(block, block.segment.steps, into: work.gradient)
            }
        }
    }
}

// A block on its way, segment by segment.
extension UnfoldedBlock {
    /// One segment of a training step, from top to bottom.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func unfold(segment number: Int) {
        let (plan, isPooled) = (work.plan, work.configuration.isPooled)
        enterToUnfold(segment: number)
        if segment.rowCount == 0 { return }
        var sum = 0.0
        plan.forEachChunk(of: segment.steps) { chunk in
            if hasStates { forwardOutputs(chunk) } else { forwardLayers(chunk) }
            if !isPooled { sum += evaluate(chunk) }
        }
        add(loss: sum)
        if isPooled { unfoldPool() }
        if let history = plan.history { backwardStates(history: history) } else { backwardLayers() }
        backwardInputs()
    }

    /// The states of a chunk, layer by layer.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func forwardLayers(_ chunk: Range<Int>) {
        copyInputs(chunk)
        for number in layers.indices {
            multiplyInputs(number, chunk)  // Z = X W_x
            cell(number, 0).forwardStates(chunk)  // z_t += s_{t−1} W_s, s_t from z_t
            layers[number].forwardOutputs(chunk)
        }
    }

    /// δZ of all layers from δS of the top one.
    private func backwardLayers() {
        for number in layers.indices.dropFirst().reversed() {
            work.plan.forEachChunk(of: segment.steps, backwards: true) { chunk in
                cell(number, 0).backwardStates(chunk)  // δz_t from δs_t, δs_{t−1} += δz_t W_sᵀ
                handDown(to: number - 1, chunk)  // δX = δZ W_xᵀ
            }
        }
        cell(0, 0).backwardStates(segment.steps)
    }

    /// ∂E/∂x_t where it is wanted.
    func backwardInputs() {
        guard let gradient = work.inputGradient else { return }
        work.plan.forEachChunk(of: segment.steps) { backwardInputs($0, into: gradient) }
    }

    /// The outputs of all layers for states that are there.
    func forwardOutputs(_ chunk: Range<Int>) { for layer in layers { layer.forwardOutputs(chunk) } }

    /// True if the states of a segment have been computed, and kept, before the way back.
    var hasStates: Bool { work.plan.computesStatesFirst && work.plan.keepsAllStates }

    /// Turns to a segment on the way back, with the states before it.
    func enterToUnfold(segment number: Int) {
        if !work.plan.computesStatesFirst { return enterFirstSegment() }
        enter(segment: number)
        if work.plan.keptSegments == 0 || segment.rowCount == 0 { return }
        forEachCell { $0.restoreStates(beforeSegment: number) }
    }

    /// One output for each sequence, unless its states were computed first, and what it hands down to the segment.
    func unfoldPool() {
        if !work.plan.computesStatesFirst {
            readOut.forwardPool(segment.steps)
            evaluatePool()
        }
        readOut.backwardPool()
    }
}

// All segments in the order of time.
extension UnfoldedBlock {
    /// All segments, chunk by chunk; only the results that the pass asks for are kept.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func forward() {
        let isPooled = work.configuration.isPooled
        forward {
            var sum = 0.0
            work.plan.forEachChunk(of: segment.steps) { chunk in
                forwardLayers(chunk)
                if !isPooled { sum += evaluate(chunk) }
            }
            add(loss: sum)
        }
    }

    /// All segments; `forwardSegment` computes the states of the one at work and, where there is an output for every
    /// step, evaluates it.
    func forward(_ forwardSegment: () -> Void) {
        let isPooled = work.configuration.isPooled
        for number in 0..<work.plan.segments {
            advance(toSegment: number)
            if segment.rowCount == 0 { break }
            forwardSegment()
            if isPooled { readOut.forwardPool(segment.steps) }
            forEachCell { $0.keepFinalStates() }
            work.results?.copySegment(of: self)
        }
        if isPooled { evaluatePool() }
        work.results?.finish(self)
    }

    /// The states of all segments or, when they are not kept, those before each segment.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func computeStates() {
        computeStates { work.plan.forEachChunk(of: segment.steps) { forwardLayers($0) } }
    }

    func computeStates(_ forwardSegment: () -> Void) {
        let (plan, isPooled) = (work.plan, work.configuration.isPooled)
        for number in 0..<plan.segments {
            advance(toSegment: number)
            if segment.rowCount == 0 { break }
            if !plan.keepsAllStates {
                forEachCell { $0.keepStates(beforeSegment: number) }
                if number + 1 == plan.segments && !isPooled { break }
            }
            forwardSegment()
            readOut.forwardPool(segment.steps)
        }
        if isPooled { evaluatePool() }
    }
}
