import RecurrentLinearAlgebra

/// The work of an unfolding: it begins and ends a pass, and sends it on its itinerary. The workers share the items of a
/// phase and meet between phases.
///
/// Blocks, shards, chunks and tiles follow from the problem, and sums have a fixed order, so every result has the same
/// bits on any number of workers.
final class UnfoldingEngine<S: Scalar>: ParallelWork {
    private enum Phase { case copyWeights, embed, clearGradient }

    package var name: String { "\(phase)" }

    let work: PassAtWork<S>
    let blocks: UnfoldedBlocks<S>
    let workers: Int
    /// The share of the states of the last backward pass that are saturated.
    private(set) var saturation = 0.0
    private(set) lazy var pool = schedule.map { WorkerPool(playing: $0) } ?? WorkerPool(workers: workers)
    private let schedule: PlayedSchedule?
    private let tilesOfValues: GradientTiles
    private let tilesOfTokens: GradientTiles
    private var phase = Phase.copyWeights
    private lazy var segments = SegmentItinerary(self)
    private lazy var shards = ShardItinerary(self)
    private lazy var singleBlock = SingleBlockItinerary(self)
    private lazy var teams = TeamItinerary(self)
    private lazy var bothWays = BidirectionalItinerary(self)

    /// - Parameter schedule: plays the work of the workers in the caller's thread, if it is given.
    init(_ configuration: NetworkConfiguration, workers: Int, playing schedule: PlayedSchedule? = nil) {
        (self.workers, self.schedule) = (workers, schedule)
        work = PassAtWork(configuration)
        blocks = UnfoldedBlocks(work, workers: workers)
        let (layout, layers) = (work.layout, configuration.layers.count)
        tilesOfValues = GradientTiles(of: layout, layers: layers, tokens: false)
        tilesOfTokens = GradientTiles(of: layout, layers: layers, tokens: true)
    }

    /// The loss of a pass with an objective; without one, states and outputs in the places of `results`.
    ///
    /// - Precondition: `count` was called for the pass.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func forward(into results: ForwardPass<S>.Views? = nil) -> Double {
        work.setResults(results)
        defer { work.empty() }
        begin()
        if work.configuration.isBidirectional {
            bothWays.forward()
        } else if work.plan.hasTeams {
            teams.forward()
        } else if sharesChunks {
            singleBlock.forward()
        } else {
            segments.forward()
        }
        return blocks.loss
    }

    /// The loss of a pass and its gradient; ∂E/∂x_t of the batch's rows too if there is a place for it.
    ///
    /// - Precondition: `count` was called for the pass.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func forwardAndBack(
        into gradient: MutableVectorView<S>, inputGradient: MutableMatrixView<S>?
    ) -> Double {
        work.setResults(gradient: gradient, inputGradient: inputGradient)
        defer { work.empty() }
        begin()
        phase = .clearGradient
        share(self, items: (gradient.count + Tuning.clearedElements - 1) / Tuning.clearedElements)
        if work.configuration.isBidirectional {
            bothWays.forwardAndBack()
        } else if work.plan.hasTeams {
            teams.forwardAndBack()
        } else if work.plan.shards != nil {
            shards.forwardAndBack()
        } else if sharesChunks {
            singleBlock.forwardAndBack()
        } else {
            segments.forwardAndBack()
        }
        work.weights.embedding?.accumulate(work)
        blocks.addInitialStateGradients()
        saturation = blocks.saturation
        return blocks.loss
    }

    /// Sets the pass to come, and counts the elements that it takes without taking any.
    func count(_ pass: UnfoldingPass<S>, _ plan: UnfoldingPlan) -> Int {
        work.set(pass, plan)
        var elements = blocks.countElements()
        if let shards = plan.shards { elements += (shards - 1) * work.layout.count }
        if let embedding = work.weights.embedding, case .tokens(let tokens) = pass.batch.rows {
            elements += embedding.countElements(tokens, backward: plan.isBackward)
        }
        return elements
    }

    /// True if the workers share the chunks of a single block.
    private var sharesChunks: Bool { work.plan.sharesChunks && workers > 1 }

    /// The tiles of the gradient for a batch of the pass's kind.
    var tiles: GradientTiles { work.pass.batch.isTokens ? tilesOfTokens : tilesOfValues }

    /// Does items 0 ..< `items` of a phase, on the workers where this takes longer than it takes them to meet.
    func share(_ phase: any ParallelWork, items: Int) {
        let isWorthSharing =
            workers > 1
            && work.pass.batch.layout.rows * work.layout.count > Tuning.sharedPhaseOperations
        if isWorthSharing { return pool.run(phase, items: items) }
        for item in 0..<items { phase.work(on: item) }
    }

    @specialized(where S == Double)
    @specialized(where S == Float)
    package func work(on item: Int) {
        switch phase {
        case .copyWeights: work.weights.copy(item, for: work.pass, work.plan)
        case .embed: work.weights.embedding?.multiply(item, work.pass)
        case .clearGradient:
            let first = item * Tuning.clearedElements
            work.gradient.elements(first..<min(first + Tuning.clearedElements, work.gradient.count)).fill(0)
        }
    }

    /// Memory, copies of the weights, and the products of embedded tokens.
    @specialized(where S == Double)
    @specialized(where S == Float)
    private func begin() {
        blocks.reserve()
        copyWeights()
        guard let embedding = work.weights.embedding, case .tokens(let tokens) = work.pass.batch.rows
        else { return }
        embedding.load(tokens, work.pass, backward: work.plan.isBackward)
        phase = .embed
        share(self, items: embedding.items)
    }

    private func copyWeights() {
        let copies = work.weights.copies
        phase = .copyWeights
        // A single sequence takes the weights as they are.
        if work.plan.blockSequences > 1 { return share(self, items: copies) }
        for number in 0..<copies { work(on: number) }
    }
}
