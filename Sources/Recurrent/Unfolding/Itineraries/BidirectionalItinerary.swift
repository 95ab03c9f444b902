import RecurrentLinearAlgebra

/// Networks that read both ways: layer by layer over all timesteps, since a cell that reads backwards begins at the end.
/// The two cells of a layer are items of their own. On the way back each goes through a segment of steps at its own end,
/// and the gradient is summed up while the segment is in the cache.
final class BidirectionalItinerary<S: Scalar>: ParallelWork {
    private enum Phase {
        case enter
        /// The products of many steps, where teams go through the recurrence; an item is a chunk of a cell.
        case multiplyInputs(layer: Int), countStates(layer: Int, segment: Int)
        case forwardStates(layer: Int)
        case forwardOutputs(layer: Int)
        case evaluatePool, evaluate(segment: Int)
        case finishForward
        case handDown(layer: Int)
        case backwardStates(layer: Int, segment: Int)
        case backwardInputs
        case accumulate(group: Int, segment: Int)
    }

    package var name: String { "\(phase)" }
    private unowned let engine: UnfoldingEngine<S>
    private let (work, blocks): (PassAtWork<S>, UnfoldedBlocks<S>)
    private var phase = Phase.enter
    private var layers: Range<Int> { work.configuration.layers.indices }

    init(_ engine: UnfoldingEngine<S>) {
        self.engine = engine
        (work, blocks) = (engine.work, engine.blocks)
    }

    func forward() {
        forwardLayers { _ in }
        share(.finishForward, items: blocks.count)
    }

    func forwardAndBack() {
        forwardLayers { segment in accumulate(group: layers.count, segment) }
        for layer in layers.reversed() {
            if !isTop(layer) { share(.handDown(layer: layer), items: blocks.count) }
            for segment in 0..<work.plan.backwardSegments {
                if shares(layer) > 1 {
                    share(.countStates(layer: layer, segment: segment), items: cellCount(layer))
                }
                shareCells(.backwardStates(layer: layer, segment: segment), of: layer)
                accumulate(group: layer, segment)
            }
        }
        if work.inputGradient != nil { share(.backwardInputs, items: blocks.count) }
    }

    /// The states of all layers, then outputs and losses; `body` is called after those of each segment of steps.
    private func forwardLayers(_ body: (_ segment: Int) -> Void) {
        share(.enter, items: blocks.count)
        for layer in layers {
            if shares(layer) > 1 {
                share(.multiplyInputs(layer: layer), items: cellCount(layer) * chunkCount)
            }
            shareCells(.forwardStates(layer: layer), of: layer)
            if !isTop(layer) { share(.forwardOutputs(layer: layer), items: blocks.count) }
        }
        if work.configuration.isPooled {
            share(.evaluatePool, items: blocks.count)
            return body(0)
        }
        for segment in 0..<work.plan.backwardSegments {
            share(.evaluate(segment: segment), items: blocks.count)
            body(segment)
        }
    }

    /// Sums up the gradient of a layer, or of the read-out, over a segment of steps.
    private func accumulate(group: Int, _ segment: Int) {
        share(.accumulate(group: group, segment: segment), items: engine.tiles.byLayer[group].count)
    }

    private func isTop(_ layer: Int) -> Bool { layer + 1 == layers.count }

    private func cellCount(_ layer: Int) -> Int {
        blocks.count * work.configuration.layers[layer].directions.count
    }

    /// The shares of a layer's cells, which both directions have alike.
    private func shares(_ layer: Int) -> Int { work.plan.teams.shares(of: layer, work.configuration) }

    private var chunkCount: Int { work.plan.chunkCount(of: blocks[0].segment.steps) }

    /// A phase whose items are cells or, where teams carry these, their workers.
    private func shareCells(_ phase: Phase, of layer: Int) {
        let (cells, shares) = (cellCount(layer), shares(layer))
        if shares > 1 {
            for number in 0..<cells {
                let (block, direction) = cell(number, of: layer)
                block.cell(layer, direction).enterTeam(shares: shares)
            }
        }
        share(phase, items: cells * shares)
    }

    /// The worker that an item is, in the team of a cell: workers take their cells in turn.
    private func member(_ item: Int, of layer: Int) -> Team.Member {
        let cells = cellCount(layer)
        let (block, direction) = cell(item % cells, of: layer)
        return block.cell(layer, direction).team.member(share: item / cells, of: engine.pool)
    }

    private func share(_ phase: Phase, items: Int) {
        self.phase = phase
        engine.share(self, items: items)
    }

    @specialized(where S == Double)
    @specialized(where S == Float)
    package func work(on item: Int) {
        let plan = work.plan
        switch phase {
        case .multiplyInputs(let layer):
            let (block, direction) = cell(item / chunkCount, of: layer)
            block.multiplyInputs(
                layer, direction: direction, plan.chunk(item % chunkCount, of: block.segment.steps))
        case .countStates(let layer, let segment):
            let (block, direction) = cell(item, of: layer)
            block.cell(layer, direction).countStates(
                of: plan.backwardSegment(segment, fromLast: direction == 0))
        case .forwardStates(let layer):
            let (block, direction) = cell(item % cellCount(layer), of: layer)
            if shares(layer) == 1 { return block.forwardStates(layer, direction: direction) }
            block.cell(layer, direction).forwardStates(by: member(item, of: layer))
        case .backwardStates(let layer, let segment):
            let (block, direction) = cell(item % cellCount(layer), of: layer)
            let steps = plan.backwardSegment(segment, fromLast: direction == 0)
            let cell = block.cell(layer, direction)
            if shares(layer) == 1 { return cell.backwardStates(steps) }
            cell.backwardStates(steps, by: member(item, of: layer))
        case .accumulate(let group, let segment):
            let tile = engine.tiles.byLayer[group][item]
            let isForward = !tile.isReadOut && !tile.part.name.isReverse
            let steps = plan.backwardSegment(segment, fromLast: isForward)
            for number in 0..<blocks.count { tile.accumulate(blocks[number], steps, into: work.gradient) }
        case .enter:
            blocks[item].enterFirstSegment()
            blocks[item].copyInputs(blocks[item].segment.steps)
        case .forwardOutputs(let layer):
            blocks[item].layers[layer].forwardOutputs(blocks[item].segment.steps)
        case .evaluatePool:
            blocks[item].readOut.forwardPool(blocks[item].segment.steps)
            blocks[item].evaluatePool()
            if plan.isBackward { blocks[item].readOut.backwardPool() }
        case .evaluate(let segment): blocks[item].evaluate(segment: segment)
        case .finishForward:
            blocks[item].forEachCell { $0.keepFinalStates() }
            work.results?.copySegment(of: blocks[item])
            work.results?.finish(blocks[item])
        case .handDown(let layer):
            plan.forEachChunk(of: blocks[item].segment.steps) { blocks[item].handDown(to: layer, $0) }
        case .backwardInputs:
            guard let gradient = work.inputGradient else { return }
            blocks[item].backwardInputs(blocks[item].segment.steps, into: gradient)
        }
    }

    /// The block and the direction of an item that is a cell.
    private func cell(_ item: Int, of layer: Int) -> (block: UnfoldedBlock<S>, direction: Int) {
        let directions = work.configuration.layers[layer].directions.count
        return (blocks[item / directions], item % directions)
    }
}

// A whole block, which is one segment.
extension UnfoldedBlock {
    /// All states of a cell.
    fileprivate func forwardStates(_ layer: Int, direction: Int) {
        let cell = cell(layer, direction)
        work.plan.forEachChunk(of: segment.steps, backwards: cell.cell.isReverse) { chunk in
            multiplyInputs(layer, direction: direction, chunk)
            cell.forwardStates(chunk)
        }
    }

    /// Outputs of a segment of steps, and on the way back what they hand down. The top layer's outputs stay in the
    /// cache from the states to their gradients.
    fileprivate func evaluate(segment: Int) {
        let top = layers.count - 1
        work.plan.forEachChunk(of: work.plan.backwardSegment(segment, fromLast: false)) { chunk in
            layers[top].forwardOutputs(chunk)
            add(loss: evaluate(chunk))
            if work.plan.isBackward { handDown(to: top, chunk) }
        }
    }
}
