import RecurrentLinearAlgebra

// A block that is alone in its batch. One worker goes through the recurrences, which are nobody else's to do; the others
// do what can be done for the chunks that it has left behind.
extension UnfoldedBlock {
    /// The segment's states, unless they are there, and outputs with their losses if they are wanted: layer by layer,
    /// while helpers evaluate the chunks that are ready, or multiply them with W_x of the next layer.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func runForward(
        _ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>, _ plan: UnfoldingPlan,
        with helpers: ChunkHelpers<S>, hasStates: Bool, evaluates: Bool
    ) {
        if hasStates {
            plan.forEachChunk(of: segment.steps) { chunk in for layer in layers { layer.merge(chunk) } }
            if evaluates { add(loss: helpers.share(.evaluate, of: self, pass, weights, plan)) }
            return
        }
        _ = helpers.share(.multiplyInputs(layer: 0), of: self, pass, weights, plan)
        for number in layers.indices {
            let isTop = number + 1 == layers.count
            let next: ChunkWork? = isTop ? evaluates ? .evaluate : nil : .multiplyInputs(layer: number + 1)
            if let next { helpers.open(next, of: self, pass, weights, plan) }
            plan.forEachChunk(of: segment.steps) { chunk in
                layers[number].cells[0].runStates(chunk, pass, weights.cells[number][0])
                layers[number].merge(chunk)
                if next != nil { helpers.addChunk() }
            }
            if next != nil { add(loss: helpers.close()) }
        }
    }

    /// What helpers do for a chunk.
    ///
    /// - Returns: the chunk's loss, where outputs are evaluated; 0 otherwise.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func work(
        on chunk: Range<Int>, _ part: ChunkWork, _ pass: UnfoldingPass<S>, _ weights: UnfoldingWeights<S>
    ) -> Double {
        switch part {
        case .multiplyInputs(let layer):
            if layer == 0 { takeInputs(chunk, pass.batch) }
            multiplyInputs(layer, direction: 0, chunk, pass, weights)
        case .evaluate: return evaluate(chunk, pass, weights)
        case .spread(let layer): spread(layer, chunk, weights)
        }
        return 0
    }
}
