import LinearAlgebra

/// The work of a pass, cut into items that any worker may do: blocks of sequences, which run through
/// the timesteps alone, and tiles of the gradient.
///
/// The workers meet between phases: after the copies of the weights, after the blocks, after the tiles.
/// Blocks, chunks and tiles follow from the problem, and sums have a fixed order, so every result has
/// the same bits on any number of workers.
final class UnfoldingWork<S: Scalar>: ParallelWork {
    private enum Phase {
        case copyWeights, infer, sweep
        case unfold(segment: Int)
        case accumulate(segment: Int)
    }

    let configuration: ElmanConfiguration
    private let layout: ParameterLayout
    private let workers: Int
    private lazy var pool = WorkerPool(workers: workers)
    private let weights = UnfoldingWeights<S>()
    private(set) var blocks: [UnfoldedBlock<S>] = []
    private lazy var valueTiles = GradientTile.tiles(of: layout, tokens: false)
    private lazy var tokenTiles = GradientTile.tiles(of: layout, tokens: true)

    // What the pass at work is about; set before a phase begins, and only read by the workers.
    private var phase = Phase.infer
    private var pass: UnfoldingPass<S>?
    private var plan: UnfoldingPlan?
    private var tiles: [GradientTile] = []
    private var gradient: MutableVectorView<S>?
    private var inputGradient: MutableMatrixView<S>?
    private var results: ForwardPass<S>.Views?

    init(_ configuration: ElmanConfiguration, workers: Int) {
        self.configuration = configuration
        self.workers = workers
        layout = ParameterLayout(configuration)
    }

    /// The loss of a pass with an objective; without one, states and outputs in the places of `results`.
    func infer(
        _ pass: UnfoldingPass<S>, _ plan: UnfoldingPlan, _ results: ForwardPass<S>.Views?
    ) -> Double {
        begin(pass, plan)
        defer { end() }
        self.results = results
        run(.infer, items: blockCount(pass))
        return loss(pass)
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
        if case .tokens = pass.batch.rows { tiles = tokenTiles } else { tiles = valueTiles }
        gradient.fill(0)
        if plan.sweeps { run(.sweep, items: blockCount(pass)) }
        for segment in (0..<plan.segments).reversed() {
            run(.unfold(segment: segment), items: blockCount(pass))
            run(.accumulate(segment: segment), items: tiles.count)
        }
        return loss(pass)
    }

    package func work(on item: Int) {
        guard let pass, let plan else { return }
        switch phase {
        case .copyWeights:
            weights.copy(item, for: pass, plan)
        case .infer:
            blocks[item].infer(pass, weights, plan, results)
        case .sweep:
            blocks[item].sweep(pass, weights, plan)
        case .unfold(let segment):
            blocks[item].unfold(segment, pass, weights, plan, inputGradient: inputGradient)
        case .accumulate(let segment):
            accumulate(tiles[item], plan.segment(segment), pass.batch)
        }
    }

    private func accumulate(_ tile: GradientTile, _ segment: Range<Int>, _ batch: SequenceBatch<S>) {
        guard let gradient, let part = layout[tile.name] else { return }
        let view = gradient.matrix(at: part.offset, rows: part.rows, columns: part.columns)
        for number in batch.layout.blocks.indices where blocks[number].rowCount > 0 {
            tile.accumulate(blocks[number], segment, batch, into: view)
        }
    }

    private func begin(_ pass: UnfoldingPass<S>, _ plan: UnfoldingPlan) {
        self.pass = pass
        self.plan = plan
        for (number, block) in pass.batch.layout.blocks.enumerated() {
            if blocks.count == number { blocks.append(UnfoldedBlock(configuration)) }
            blocks[number].prepare(block, plan)
        }
        run(.copyWeights, items: UnfoldingWeights<S>.copies)
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

    private func blockCount(_ pass: UnfoldingPass<S>) -> Int { pass.batch.layout.blocks.count }

    private func loss(_ pass: UnfoldingPass<S>) -> Double {
        (0..<blockCount(pass)).reduce(0) { $0 + blocks[$1].loss }
    }
}
