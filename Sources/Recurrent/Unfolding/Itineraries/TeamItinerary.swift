import RecurrentLinearAlgebra

/// Fewer blocks than workers: teams go through the recurrences, layer by layer, and all workers share the products of
/// many steps, which are items for each chunk of each block. For networks that read forwards.
final class TeamItinerary<S: Scalar>: ParallelWork {
    private enum Phase {
        /// An item is a block.
        case advance(segment: Int), enter(segment: Int), unfoldPool, evaluatePool, finishSegment, finish
        /// An item is a chunk of a block.
        case multiplyInputs(layer: Int), forwardOutputs(layers: Range<Int>), evaluate(layers: Range<Int>)
        case handDown(layer: Int), backwardInputs
        /// An item is a worker of a team.
        case forwardStates(layer: Int), backwardStates(layer: Int)
        /// An item is a tile.
        case accumulate
    }

    package var name: String { "\(phase)" }
    private unowned let engine: UnfoldingEngine<S>
    private let (work, blocks): (PassAtWork<S>, UnfoldedBlocks<S>)
    private var phase = Phase.finish
    /// The losses of a segment's chunks, block by block.
    private var losses = AlignedBuffer<Double>(count: 0)
    /// The steps of the segment at work.
    private var steps = 0..<0

    init(_ engine: UnfoldingEngine<S>) {
        self.engine = engine
        (work, blocks) = (engine.work, engine.blocks)
    }

    private var plan: UnfoldingPlan { work.plan }
    private var layers: Range<Int> { work.configuration.layers.indices }
    private var isPooled: Bool { work.configuration.isPooled }

    func forward() {
        for segment in 0..<plan.segments {
            shareBlocks(.advance(segment: segment))
            forwardSegment(segment)
            if isPooled { shareChunks(.forwardOutputs(layers: topLayer)) } else { evaluate(topLayer) }
            shareBlocks(.finishSegment)
        }
        shareBlocks(.finish)
    }

    func forwardAndBack() {
        if plan.computesStatesFirst { computeStates() }
        for segment in (0..<plan.segments).reversed() { unfold(segment) }
    }

    /// The states of all segments or, when they are not kept, those before each segment.
    private func computeStates() {
        for segment in 0..<plan.segments {
            shareBlocks(.advance(segment: segment))
            if !plan.keepsAllStates && segment + 1 == plan.segments && !isPooled { break }
            forwardSegment(segment)
            shareChunks(.forwardOutputs(layers: topLayer))
            shareBlocks(.finishSegment)
        }
        if isPooled { shareBlocks(.evaluatePool) }
    }

    /// One segment of a training step.
    private func unfold(_ segment: Int) {
        shareBlocks(.enter(segment: segment))
        let hasStates = plan.computesStatesFirst && plan.keepsAllStates
        if !hasStates { forwardSegment(segment) } else { steps = plan.segment(segment) }
        let outputs = hasStates ? layers : topLayer
        if isPooled {
            shareChunks(.forwardOutputs(layers: outputs))
            shareBlocks(.unfoldPool)
        } else {
            evaluate(outputs)
        }
        for layer in layers.reversed() {
            shareChunks(.handDown(layer: layer))
            shareTeams(.backwardStates(layer: layer), of: layer)
        }
        if work.inputGradient != nil { shareChunks(.backwardInputs) }
        share(.accumulate, items: engine.tiles.all.count)
    }

    /// The states of all layers.
    private func forwardSegment(_ segment: Int) {
        steps = plan.segment(segment)
        for layer in layers {
            shareChunks(.multiplyInputs(layer: layer))
            shareTeams(.forwardStates(layer: layer), of: layer)
        }
    }

    private var topLayer: Range<Int> { layers.upperBound - 1..<layers.upperBound }

    /// Outputs of some layers, those of the network, and losses, which are added in the order of the chunks.
    private func evaluate(_ layers: Range<Int>) {
        let chunks = plan.chunkCount(of: steps)
        if losses.count < blocks.count * chunks { losses = AlignedBuffer(count: blocks.count * chunks) }
        shareChunks(.evaluate(layers: layers))
        let losses = losses.vector.readOnly
        for number in 0..<blocks.count where blocks[number].segment.rowCount > 0 {
            blocks[number].add(loss: (0..<chunks).reduce(0.0) { $0 + losses[number * chunks + $1] })
        }
    }

    @specialized(where S == Double)
    @specialized(where S == Float)
    package func work(on item: Int) {
        switch phase {
        case .accumulate:
            let tile = engine.tiles.all[item]
            for number in 0..<blocks.count {
                tile.accumulate(blocks[number], blocks[number].segment.steps, into: work.gradient)
            }
        case .forwardStates(let layer):
            blocks[item % blocks.count].cell(layer, 0).forwardStates(by: member(item, of: layer))
        case .backwardStates(let layer):
            blocks[item % blocks.count].cell(layer, 0).backwardStates(steps, by: member(item, of: layer))
        case .advance, .enter, .unfoldPool, .evaluatePool, .finishSegment, .finish:
            workOnBlock(blocks[item])
        default:
            let chunks = plan.chunkCount(of: steps)
            let block = blocks[item / chunks]
            if block.segment.rowCount > 0 {
                workOnChunk(plan.chunk(item % chunks, of: steps), of: block, item)
            }
        }
    }

    private func workOnBlock(_ block: UnfoldedBlock<S>) {
        switch phase {
        case .advance(let segment):
            block.advance(toSegment: segment)
            if plan.keptSegments > 0 && block.segment.rowCount > 0 {
                block.forEachCell { $0.keepStates(beforeSegment: segment) }
            }
        case .enter(let segment): block.enterToUnfold(segment: segment)
        case .unfoldPool: if block.segment.rowCount > 0 { block.unfoldPool() }
        case .evaluatePool: block.evaluatePool()
        case .finishSegment:
            if block.segment.rowCount == 0 { return }
            if isPooled { block.readOut.forwardPool(block.segment.steps) }
            if plan.isBackward { return }
            block.forEachCell { $0.keepFinalStates() }
            work.results?.copySegment(of: block)
        default:
            if isPooled { block.evaluatePool() }
            work.results?.finish(block)
        }
    }

    private func workOnChunk(_ chunk: Range<Int>, of block: UnfoldedBlock<S>, _ item: Int) {
        switch phase {
        case .multiplyInputs(let layer):
            if layer == 0 { block.copyInputs(chunk) } else { block.layers[layer - 1].forwardOutputs(chunk) }
            block.multiplyInputs(layer, chunk)
        case .forwardOutputs(let layers):
            for layer in layers { block.layers[layer].forwardOutputs(chunk) }
        case .evaluate(let layers):
            for layer in layers { block.layers[layer].forwardOutputs(chunk) }
            losses.vector[item] = block.evaluate(chunk)
        case .handDown(let layer):
            if layer + 1 < block.layers.count { block.handDown(to: layer, chunk) }
            block.cell(layer, 0).countStates(of: chunk)
        default:
            guard let gradient = work.inputGradient else { return }
            block.backwardInputs(chunk, into: gradient)
        }
    }
}

// The workers.
extension TeamItinerary {
    private func share(_ phase: Phase, items: Int) {
        self.phase = phase
        engine.share(self, items: items)
    }

    private func shareBlocks(_ phase: Phase) { share(phase, items: blocks.count) }

    private func shareChunks(_ phase: Phase) {
        share(phase, items: blocks.count * plan.chunkCount(of: steps))
    }

    private func shareTeams(_ phase: Phase, of layer: Int) {
        let shares = plan.teams.shares(of: layer, work.configuration)
        for number in 0..<blocks.count { blocks[number].cell(layer, 0).enterTeam(shares: shares) }
        share(phase, items: blocks.count * shares)
    }

    /// The worker that an item is, in the team of a block: workers take their blocks in turn.
    private func member(_ item: Int, of layer: Int) -> Team.Member {
        blocks[item % blocks.count].cell(layer, 0).team.member(
            share: item / blocks.count, of: engine.pool)
    }
}
