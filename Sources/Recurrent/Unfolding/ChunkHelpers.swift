import RecurrentLinearAlgebra

/// What is done for a chunk of a segment's steps, whatever has been done for the others.
enum ChunkWork {
    /// X W_x of a layer, in the place of its states.
    case multiplyInputs(layer: Int)
    /// Outputs and losses, and on the way back what they hand down.
    case evaluate
    /// The gradients that the layer above hands down.
    case spread(layer: Int)
}

/// The workers that help the one who carries the only block of a batch. It goes through the recurrences, which are
/// nobody else's to do; the others do what can be done for the chunks that it has left behind.
///
/// Chunks follow from the problem, and their losses are added in their order.
final class ChunkHelpers<S: Scalar>: ParallelWork {
    private struct Task {
        let work: ChunkWork
        let block: UnfoldedBlock<S>
        let pass: UnfoldingPass<S>
        let weights: UnfoldingWeights<S>
        let plan: UnfoldingPlan
        let isBackwards: Bool
        var chunks: Int { plan.chunkCount(of: block.segment.steps) }
    }

    private let pool: WorkerPool
    /// Written before chunks are shared, and only read by the workers.
    private var task: Task?
    private var losses = AlignedBuffer<Double>(count: 0)

    init(_ pool: WorkerPool) { self.pool = pool }

    /// Does a part of the work for all chunks of a block's segment.
    ///
    /// - Returns: the sum of their losses.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func share(
        _ work: ChunkWork, of block: UnfoldedBlock<S>, _ pass: UnfoldingPass<S>,
        _ weights: UnfoldingWeights<S>, _ plan: UnfoldingPlan
    ) -> Double {
        let task = Task(
            work: work, block: block, pass: pass, weights: weights, plan: plan, isBackwards: false)
        begin(task)
        pool.run(self, items: task.chunks)
        return end()
    }

    /// Begins a part of the work on the chunks of a block's segment, from the first on or backwards. Each is to be
    /// added when it is ready.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func open(
        _ work: ChunkWork, of block: UnfoldedBlock<S>, _ pass: UnfoldingPass<S>,
        _ weights: UnfoldingWeights<S>, _ plan: UnfoldingPlan, backwards: Bool = false
    ) {
        begin(
            Task(work: work, block: block, pass: pass, weights: weights, plan: plan, isBackwards: backwards))
        pool.open(self)
    }

    func addChunk() { pool.addItem() }

    /// Waits for the chunks.
    ///
    /// - Returns: the sum of their losses.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func close() -> Double {
        pool.close()
        return end()
    }

    @specialized(where S == Double)
    @specialized(where S == Float)
    package func work(on item: Int) {
        guard let task else { return }
        let number = task.isBackwards ? task.chunks - 1 - item : item
        let chunk = task.plan.chunk(number, of: task.block.segment.steps)
        losses.vector[number] = task.block.work(on: chunk, task.work, task.pass, task.weights)
    }

    private func begin(_ task: Task) {
        self.task = task
        if losses.count < task.chunks { losses = AlignedBuffer(count: task.chunks) }
    }

    private func end() -> Double {
        var sum = 0.0
        for chunk in 0..<(task?.chunks ?? 0) { sum += losses.vector.readOnly[chunk] }
        task = nil
        return sum
    }
}
