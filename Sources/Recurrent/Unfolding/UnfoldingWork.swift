import LinearAlgebra

/// The work of a pass, cut into items that any worker may do: blocks of sequences, which run through
/// the timesteps alone, and tiles of the gradient.
///
/// The workers meet between phases: after the copies of the weights, after the blocks, after the tiles; and
/// where a layer reads both ways, whose two cells are items of their own, also before and after
/// each layer and, on the way back, each part of its steps.
/// Blocks, chunks and tiles follow from the problem, and sums have a fixed order, so every result has
/// the same bits on any number of workers.
final class UnfoldingWork<S: Scalar>: ParallelWork {
    private enum Phase {
        case copyWeights, embed, infer, sweep
        case unfold(segment: Int)
        case accumulate(group: Int, part: Int)
        // Of networks that read both ways, which are worked as one segment.
        case begin, merge(layer: Int), evaluate(part: Int), spread(layer: Int), finish
        case runStates(layer: Int), runBackward(layer: Int, part: Int)
    }

    let configuration: ElmanConfiguration
    private let layout: ParameterLayout
    private let workers: Int
    private lazy var pool = WorkerPool(workers: workers)
    private let weights: UnfoldingWeights<S>
    private(set) var blocks: [UnfoldedBlock<S>] = []
    /// How many of them the last pass used.
    private(set) var blockCount = 0
    private lazy var valueTiles = tileGroups(tokens: false)
    private lazy var tokenTiles = tileGroups(tokens: true)

    // What the pass at work is about; set before a phase begins, and only read by the workers.
    private var phase = Phase.infer
    private var pass: UnfoldingPass<S>?
    private var plan: UnfoldingPlan?
    private var tiles: [[GradientTile]] = []
    private var gradient: MutableVectorView<S>?
    private var inputGradient: MutableMatrixView<S>?
    private var results: ForwardPass<S>.Views?

    init(_ configuration: ElmanConfiguration, workers: Int) {
        self.configuration = configuration
        self.workers = workers
        layout = ParameterLayout(configuration)
        weights = UnfoldingWeights(configuration)
    }

    /// The loss of a pass with an objective; without one, states and outputs in the places of `results`.
    func infer(
        _ pass: UnfoldingPass<S>, _ plan: UnfoldingPlan, _ results: ForwardPass<S>.Views?
    ) -> Double {
        begin(pass, plan)
        defer { end() }
        self.results = results
        if configuration.isBidirectional {
            runLayersForward()
            run(.finish, items: blockCount)
        } else {
            run(.infer, items: blockCount)
        }
        return loss
    }

    /// The loss of a pass and its gradient; ∂E/∂x_t of the batch's rows too if there is a place for it.
    func lossAndGradient(
        _ pass: UnfoldingPass<S>, _ plan: UnfoldingPlan, into gradient: MutableVectorView<S>,
        inputGradient: MutableMatrixView<S>?
    ) -> Double {
        begin(pass, plan)
        defer { end() }
        self.gradient = gradient
        self.inputGradient = inputGradient
        tiles = pass.batch.isTokens ? tokenTiles : valueTiles
        gradient.fill(0)
        if configuration.isBidirectional {
            runLayersForward()
            runLayersBackward()
        } else {
            if plan.sweeps { run(.sweep, items: blockCount) }
            for segment in (0..<plan.segments).reversed() {
                run(.unfold(segment: segment), items: blockCount)
                accumulate(group: 0)
            }
        }
        weights.embedding?.finish(pass, into: gradient, layout)
        addInitialStateGradients(pass, into: gradient)
        return loss
    }

    private func runLayersForward() {
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

    private func runLayersBackward() {
        for layer in configuration.layers.indices.reversed() {
            if !isTop(layer) { run(.spread(layer: layer), items: blockCount) }
            for part in 0..<(plan?.parts ?? 0) {
                run(.runBackward(layer: layer, part: part), items: cellCount(layer))
                accumulate(group: layer, part: part)
            }
        }
        if inputGradient != nil { run(.finish, items: blockCount) }
    }

    /// Does work of another kind on the same workers.
    func share(_ other: any ParallelWork, items: Int) { pool.run(other, items: items) }

    package func work(on item: Int) {
        guard let pass, let plan else { return }
        switch phase {
        case .copyWeights: weights.copy(item, for: pass, plan)
        case .embed: weights.embedding?.multiply(item, pass)
        case .infer: blocks[item].infer(pass, weights, plan, results)
        case .sweep: blocks[item].sweep(pass, weights, plan)
        case .unfold(let segment):
            blocks[item].unfold(segment, pass, weights, plan, inputGradient: inputGradient)
        case .accumulate(let group, let part): accumulate(tiles[group][item], part, pass.batch, plan)
        case .begin, .merge, .evaluate, .spread, .finish: work(on: blocks[item], pass, plan)
        case .runStates(let layer):
            let directions = configuration.layers[layer].directions.count
            let block = blocks[item / directions]
            block.runStates(layer, direction: item % directions, pass, weights, plan)
        case .runBackward(let layer, let part):
            let directions = configuration.layers[layer].directions.count
            let direction = item % directions
            let steps = plan.part(part, backwards: direction == 0)
            blocks[item / directions].runBackward(layer, direction: direction, steps, pass, weights)
        }
    }

    /// What a network that reads both ways does with a whole block.
    private func work(on block: UnfoldedBlock<S>, _ pass: UnfoldingPass<S>, _ plan: UnfoldingPlan) {
        switch phase {
        case .begin:
            block.begin(plan.segment(0))
            block.loadInitialStates(pass)
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
                block.evaluate(chunk, pass, weights)
                if plan.isBackward { block.spread(top, chunk, weights) }
            }
        case .spread(let layer):
            plan.forEachChunk(of: block.segment.steps) { block.spread(layer, $0, weights) }
        default:
            if let inputGradient { block.finish(inputGradient, weights) }
            results?.take(block)
            results?.finish(block)
        }
    }

    private func isTop(_ layer: Int) -> Bool { layer + 1 == configuration.layers.count }

    /// What is summed up together: for networks that read both ways one layer, or the read-out, after the other.
    private func tileGroups(tokens: Bool) -> [[GradientTile]] {
        let tiles = GradientTile.tiles(of: layout, tokens: tokens)
        guard configuration.isBidirectional else { return [tiles] }
        return GradientTile.byLayer(tiles, layers: configuration.layers.count)
    }

    private func accumulate(group: Int, part: Int = 0) {
        run(.accumulate(group: group, part: part), items: tiles[group].count)
    }

    /// Adds to a tile the steps of a segment; for networks that read both ways those of a part.
    private func accumulate(
        _ tile: GradientTile, _ part: Int, _ batch: SequenceBatch<S>, _ plan: UnfoldingPlan
    ) {
        guard let gradient, let place = layout[tile.name] else { return }
        var view = gradient.matrix(at: place.offset, rows: place.rows, columns: place.columns)
        let isFirstLayer = tile.name.kind == .inputWeights && tile.name.layer == 0
        let embedding = isFirstLayer ? weights.embedding : nil
        if let embedding { view = embedding.gradients(tile.name.isReverse ? 1 : 0) }
        for number in 0..<blockCount where blocks[number].segment.rowCount > 0 {
            let block = blocks[number]
            // What there is once for a sequence belongs to the segment that is worked last.
            if tile.isReadOut && configuration.isPooled && block.segment.steps.lowerBound > 0 { continue }
            let isForward = !tile.isReadOut && !tile.name.isReverse
            let steps =
                configuration.isBidirectional ? plan.part(part, backwards: isForward) : block.segment.steps
            tile.accumulate(block, steps, batch, isEmbedded: embedding != nil, into: view)
        }
    }

    /// ∂E/∂s_0 of a network's own s_0: the sum over all sequences, in the order of the blocks.
    private func addInitialStateGradients(
        _ pass: UnfoldingPass<S>, into gradient: MutableVectorView<S>
    ) {
        guard configuration.learnsInitialState, pass.initialState == nil else { return }
        for number in 0..<blockCount {
            let block = blocks[number]
            for layer in block.layers {
                for cell in layer.cells {
                    guard let part = layout[cell.cell.name(.initialState)] else { continue }
                    cell.carriedGradient(block.block.sequences.count).readOnly.addRows(
                        to: gradient.matrix(at: part.offset, rows: 1, columns: part.columns))
                }
            }
        }
    }

    private func begin(_ pass: UnfoldingPass<S>, _ plan: UnfoldingPlan) {
        self.pass = pass
        self.plan = plan
        blockCount = pass.batch.layout.blocks.count
        for (number, block) in pass.batch.layout.blocks.enumerated() {
            if blocks.count == number { blocks.append(UnfoldedBlock(configuration)) }
            blocks[number].prepare(block, plan, pass)
        }
        run(.copyWeights, items: weights.copies)
        if let embedding = weights.embedding, case .tokens(let tokens) = pass.batch.rows {
            embedding.prepare(pass, tokens, backward: plan.isBackward)
            run(.embed, items: embedding.items)
        }
    }

    private func end() {
        (pass, plan, gradient, inputGradient, results) = (nil, nil, nil, nil, nil)
    }

    private func run(_ phase: Phase, items: Int) {
        self.phase = phase
        if isWorthSharing { return pool.run(self, items: items) }
        for item in 0..<items { work(on: item) }
    }

    /// Whether a phase takes longer than it takes the workers to meet: more than about 100,000 operations.
    private var isWorthSharing: Bool {
        workers > 1 && (pass?.batch.layout.rows ?? 0) * layout.count > 50_000
    }

    private func cellCount(_ layer: Int) -> Int {
        blockCount * configuration.layers[layer].directions.count
    }

    private var loss: Double { (0..<blockCount).reduce(0) { $0 + blocks[$1].loss } }

    /// Whether δz_t of some step was clipped in the last pass.
    var wasClipped: Bool { (0..<blockCount).contains { blocks[$0].wasClipped } }
}

// What the last pass left.
extension UnfoldingWork {
    /// Of every sequence and cell the rows that `rows` gives, side by side: B × H.
    func state(_ rows: (UnfoldedCell<S>) -> MatrixView<S>) -> Matrix<S> {
        let blocks = blocks.prefix(blockCount)
        let sequences = blocks.reduce(0) { $0 + $1.block.sequences.count }
        var state = Matrix<S>(rows: sequences, columns: configuration.stateWidth)
        state.withMutableView { state in
            for block in blocks {
                for layer in block.layers {
                    for cell in layer.cells {
                        let (source, target) = (rows(cell), state.columns(cell.cell.columns))
                        for (index, sequence) in block.block.sequences.enumerated() {
                            target.rows(sequence..<sequence + 1).copy(from: source.rows(index..<index + 1))
                        }
                    }
                }
            }
        }
        return state
    }

    /// The share of the states at hand that are saturated.
    var saturation: Double {
        var (saturated, all) = (0, 0)
        for block in blocks.prefix(blockCount) {
            for layer in block.layers {
                for cell in layer.cells {
                    let (found, count) = cell.countSaturated()
                    (saturated, all) = (saturated + found, all + count)
                }
            }
        }
        return all == 0 ? 0 : Double(saturated) / Double(all)
    }
}
