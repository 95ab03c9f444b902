import RecurrentLinearAlgebra

/// The work of a pass, cut into items that any worker may do: blocks of sequences, which run through
/// the timesteps alone, and tiles of the gradient.
///
/// The workers meet between phases: after the copies of the weights, after the blocks, after the tiles; and
/// where a layer reads both ways, whose two cells are items of their own, also before and after
/// each layer and, on the way back, each part of its steps. Many blocks are dealt into lanes, each with a gradient
/// of its own, and the workers meet once more, when these are added up.
/// Blocks, lanes, chunks and tiles follow from the problem, and sums have a fixed order, so every result has
/// the same bits on any number of workers.
final class UnfoldingWork<S: Scalar>: ParallelWork {
    enum Phase {
        case copyWeights, embed, infer, sweep
        case unfold(segment: Int)
        case accumulate(group: Int, part: Int)
        case carry, addLanes
        // Of networks that read both ways, which are worked as one segment.
        case begin, merge(layer: Int), evaluate(part: Int), spread(layer: Int), finish
        case runStates(layer: Int), runBackward(layer: Int, part: Int)
    }

    let configuration: NetworkConfiguration
    let layout: ParameterLayout
    private let workers: Int
    private lazy var pool = WorkerPool(workers: workers)
    let weights: UnfoldingWeights<S>
    private let memory: UnfoldingMemory<S>
    private let laneGradients: LaneGradients<S>
    private lazy var chunkHelpers = ChunkHelpers<S>(pool)
    private(set) var blocks: [UnfoldedBlock<S>] = []
    /// How many of them the last pass used.
    private(set) var blockCount = 0
    /// The share of the states of the last backward pass that are saturated.
    private(set) var saturation = 0.0
    private let parts: [GradientTile]
    private lazy var valueTiles = tileGroups(tokens: false)
    private lazy var tokenTiles = tileGroups(tokens: true)

    // What the pass at work is about; set before a phase begins, and only read by the workers.
    private(set) var phase = Phase.infer
    private var pass: UnfoldingPass<S>?
    private(set) var plan: UnfoldingPlan?
    private(set) var tiles: [[GradientTile]] = []
    private(set) var gradient: MutableVectorView<S>?
    private(set) var inputGradient: MutableMatrixView<S>?
    private(set) var results: ForwardPass<S>.Views?

    init(_ configuration: NetworkConfiguration, workers: Int) {
        self.configuration = configuration
        self.workers = workers
        layout = ParameterLayout(configuration)
        weights = UnfoldingWeights(configuration)
        memory = UnfoldingMemory(configuration, workers: workers)
        laneGradients = LaneGradients(count: layout.count)
        parts = GradientTile.parts(of: layout)
    }

    /// The loss of a pass with an objective; without one, states and outputs in the places of `results`.
    @specialized(where S == Double)
    @specialized(where S == Float)
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
    @specialized(where S == Double)
    @specialized(where S == Float)
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
        if let lanes = plan.lanes {
            laneGradients.reserve(lanes: lanes)
            run(.carry, items: lanes)
            run(.addLanes, items: laneGradients.items)
        } else if configuration.isBidirectional {
            runLayersForward()
            runLayersBackward()
        } else {
            if plan.sweeps { run(.sweep, items: blockCount) }
            for segment in (0..<plan.segments).reversed() {
                if let helpers {
                    unfoldAlone(segment, pass, plan, helpers)
                } else {
                    run(.unfold(segment: segment), items: blockCount)
                    accumulate(group: 0)
                }
            }
        }
        weights.embedding?.finish(pass, into: gradient, layout)
        addInitialStateGradients(pass, into: gradient)
        saturation = countSaturated()
        return loss
    }

    /// Counts the elements that a pass takes, without taking any. Comes before the pass.
    func count(_ pass: UnfoldingPass<S>, _ plan: UnfoldingPlan) -> Int {
        var elements = memory.count(pass, plan)
        if let lanes = plan.lanes { elements += (lanes - 1) * layout.count }
        if let embedding = weights.embedding, case .tokens(let tokens) = pass.batch.rows {
            elements += embedding.elements(tokens, backward: plan.isBackward)
        }
        return elements
    }

    /// Does work of another kind on the same workers.
    func share(_ other: any ParallelWork, items: Int) { pool.run(other, items: items) }

    @specialized(where S == Double)
    @specialized(where S == Float)
    package func work(on item: Int) {
        guard let pass, let plan else { return }
        switch phase {
        case .copyWeights: weights.copy(item, for: pass, plan)
        case .embed: weights.embedding?.multiply(item, pass)
        case .infer: memory.withWorkspace { infer(item, in: $0, pass, plan) }
        case .sweep: blocks[item].sweep(pass, weights, plan, helpers)
        case .unfold(let segment):
            blocks[item].unfold(segment, pass, weights, plan, nil)
            blocks[item].takeBackFirstLayer(pass, weights, plan, inputGradient: inputGradient)
        case .accumulate(let group, let part): accumulate(tiles[group][item], part, pass.batch, plan)
        case .carry: memory.withWorkspace { carry(lane: item, in: $0, pass, plan) }
        case .addLanes: addLanes(item, plan)
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

    @specialized(where S == Double)
    @specialized(where S == Float)
    private func infer(
        _ number: Int, in workspace: Workspace<S>, _ pass: UnfoldingPass<S>, _ plan: UnfoldingPlan
    ) {
        prepare(number, pass, plan, memory.ofBlock(number, in: workspace))
        blocks[number].infer(pass, weights, plan, results, helpers)
    }

    /// Does all that belongs to the blocks of a lane, one block after the other.
    @specialized(where S == Double)
    @specialized(where S == Float)
    private func carry(
        lane: Int, in workspace: Workspace<S>, _ pass: UnfoldingPass<S>, _ plan: UnfoldingPlan
    ) {
        guard let gradient, let lanes = plan.lanes else { return }
        let sum = laneGradients.lane(lane, sum: gradient)
        if lane > 0 { sum.fill(0) }
        let count = blockCount / lanes
        for number in lane * count..<(lane + 1) * count {
            let block = blocks[number]
            prepare(number, pass, plan, memory.ofBlock(number, in: workspace))
            if plan.sweeps { block.sweep(pass, weights, plan, nil) }
            for segment in (0..<plan.segments).reversed() {
                block.unfold(segment, pass, weights, plan, nil)
                block.takeBackFirstLayer(pass, weights, plan, inputGradient: inputGradient)
                for part in parts { accumulate(part, block, block.segment.steps, pass.batch, into: sum) }
            }
        }
    }

    /// Unfolds a segment of a block that is alone. While one worker takes back the first layer, the others sum up what
    /// does not wait for it.
    private func unfoldAlone(
        _ segment: Int, _ pass: UnfoldingPass<S>, _ plan: UnfoldingPlan, _ helpers: ChunkHelpers<S>
    ) {
        blocks[0].unfold(segment, pass, weights, plan, helpers)
        let (firstLayer, others) = (1, 2)
        phase = .accumulate(group: others, part: 0)
        pool.open(self)
        for _ in tiles[others] { pool.addItem() }
        blocks[0].takeBackFirstLayer(pass, weights, plan, inputGradient: inputGradient)
        pool.close()
        accumulate(group: firstLayer)
    }

    private func addLanes(_ item: Int, _ plan: UnfoldingPlan) {
        guard let gradient, let lanes = plan.lanes else { return }
        laneGradients.add(item, lanes: lanes, to: gradient)
    }

    @specialized(where S == Double)
    @specialized(where S == Float)
    private func begin(_ pass: UnfoldingPass<S>, _ plan: UnfoldingPlan) {
        self.pass = pass
        self.plan = plan
        blockCount = pass.batch.layout.blocks.count
        memory.reserve()
        while blocks.count < blockCount { blocks.append(UnfoldedBlock(configuration)) }
        if !plan.carriesBlocks {
            for number in 0..<blockCount { prepare(number, pass, plan, memory.ofBlock(number)) }
        }
        prepareWeights(pass, plan)
        if let embedding = weights.embedding, case .tokens(let tokens) = pass.batch.rows {
            embedding.prepare(pass, tokens, backward: plan.isBackward)
            run(.embed, items: embedding.items)
        }
    }

    private func prepareWeights(_ pass: UnfoldingPass<S>, _ plan: UnfoldingPlan) {
        // A single sequence takes the weights as they are.
        if plan.blockSequences > 1 { return run(.copyWeights, items: weights.copies) }
        for number in 0..<weights.copies { weights.copy(number, for: pass, plan) }
    }

    private func prepare(
        _ number: Int, _ pass: UnfoldingPass<S>, _ plan: UnfoldingPlan, _ memory: BlockMemory<S>
    ) {
        blocks[number].prepare(pass.batch.layout.blocks[number], plan, pass, memory)
    }

    private func end() {
        (pass, plan, gradient, inputGradient, results) = (nil, nil, nil, nil, nil)
    }

    func run(_ phase: Phase, items: Int) {
        self.phase = phase
        if isWorthSharing { return pool.run(self, items: items) }
        for item in 0..<items { work(on: item) }
    }

    /// Whether a phase takes longer than it takes the workers to meet: more than about 100,000 operations.
    private var isWorthSharing: Bool {
        workers > 1 && (pass?.batch.layout.rows ?? 0) * layout.count > 50_000
    }

    /// Those who help the worker that carries the only block.
    private var helpers: ChunkHelpers<S>? { workers > 1 && plan?.sharesChunks == true ? chunkHelpers : nil }

    private var loss: Double { (0..<blockCount).reduce(0) { $0 + blocks[$1].loss } }

    /// Whether δz_t of some step was clipped in the last pass.
    var wasClipped: Bool { (0..<blockCount).contains { blocks[$0].wasClipped } }
}
