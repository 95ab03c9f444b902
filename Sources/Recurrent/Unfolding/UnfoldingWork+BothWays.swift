import RecurrentLinearAlgebra

// Networks that read both ways: the blocks and their cells are worked layer by layer, over all timesteps.
extension UnfoldingWork {
    func runLayersForward() {
        run(.begin, items: blockCount)
        for layer in configuration.layers.indices {
            run(.runStates(layer: layer), items: cellCount(layer))
            if !isTop(layer) { run(.merge(layer: layer), items: blockCount) }
        }
        for part in 0..<(configuration.isPooled ? 1 : plan?.parts ?? 0) {
            run(.evaluate(part: part), items: blockCount)
            if gradient != nil { accumulate(group: configuration.layers.count, part: part) }
        }
    }

    func runLayersBackward() {
        for layer in configuration.layers.indices.reversed() {
            if !isTop(layer) { run(.spread(layer: layer), items: blockCount) }
            for part in 0..<(plan?.parts ?? 0) {
                run(.runBackward(layer: layer, part: part), items: cellCount(layer))
                accumulate(group: layer, part: part)
            }
        }
        if inputGradient != nil { run(.finish, items: blockCount) }
    }

    /// What a network that reads both ways does with a whole block.
    func work(on block: UnfoldedBlock<S>, _ pass: UnfoldingPass<S>, _ plan: UnfoldingPlan) {
        switch phase {
        case .begin:
            block.begin(pass, plan)
            block.takeInputs(plan.segment(0), pass.batch)
        case .merge(let layer):
            block.layers[layer].merge(block.segment.steps)
        case .evaluate where configuration.isPooled:
            block.readOut.pool(block.segment.steps)
            block.evaluatePooled(pass, weights)
            if plan.isBackward { block.readOut.spread() }
        case .evaluate(let part):
            // The top layer's outputs stay in the cache from the states to their gradients.
            let top = configuration.layers.count - 1
            plan.forEachChunk(of: plan.part(part, backwards: false)) { chunk in
                block.layers[top].merge(chunk)
                block.add(loss: block.evaluate(chunk, pass, weights))
                if plan.isBackward { block.spread(top, chunk, weights) }
            }
        case .spread(let layer):
            plan.forEachChunk(of: block.segment.steps) { block.spread(layer, $0, weights) }
        default:
            if plan.isBackward { return finish(block) }
            block.keepFinalStates()
            results?.take(block)
            results?.finish(block)
        }
    }

    private func finish(_ block: UnfoldedBlock<S>) {
        if let inputGradient { block.finish(block.segment.steps, inputGradient, weights) }
    }

    private func isTop(_ layer: Int) -> Bool { layer + 1 == configuration.layers.count }

    private func cellCount(_ layer: Int) -> Int {
        blockCount * configuration.layers[layer].directions.count
    }
}
