import RecurrentLinearAlgebra

/// An Elman network unfolded in time: the memory of its T copies, the forward pass through them and
/// backpropagation through time, shared by several workers.
///
/// An unfolding is made once for a configuration and used again for every batch; it allocates only
/// when a batch is larger than all before. The number of workers changes the time that a pass takes, never
/// its result: losses, outputs and gradients have the same bits on any number of workers.
///
/// Not thread-safe: one unfolding serves one caller at a time. A network may be used by many.
public final class Unfolding<S: Scalar> {
    public let configuration: NetworkConfiguration
    /// How many threads share the work, the caller's among them.
    public let workers: Int
    /// Which states a backward pass keeps.
    public let storage: StateStorage
    /// How many steps back the gradient of each E_t reaches; all if nil.
    public let history: Int?
    /// ∂E/∂W_x, ∂E/∂W_s, ∂E/∂W_y, ∂E/∂b_s, ∂E/∂b_y of the last backward pass; after a
    /// training step, as clipping left them.
    public internal(set) var gradient: Parameters<S>

    private let memoryLimit: Int?
    let work: UnfoldingWork<S>
    private var inputGradientBuffer = AlignedBuffer<S>(count: 0)
    /// The bytes that the largest pass so far took.
    private var bytes = 0
    /// The batch whose gradients are held, and whether ∂E/∂x_t is among them.
    private var differentiated: (layout: BatchLayout, hasInputGradient: Bool)?

    /// - Parameters:
    ///   - configuration: the network's.
    ///   - workers: how many threads share the work, the caller's among them; by default as many as this
    ///     process has processors. More are of no use, but do no harm.
    ///   - states: which states a backward pass keeps; all by default. Networks that read both ways keep all.
    ///   - history: how many steps, t among them, the gradient of each E_t reaches back (truncated
    ///     backpropagation in which every loss has the same history); all by default. Costs one product with W_sᵀ over
    ///     all timesteps for each of these steps, and no forward pass more.
    ///   - memoryLimit: the bytes that the unfolding may take; by default what the system has.
    /// - Precondition: `workers` and `history` are at least 1. Recomputed states and a history are for networks that
    ///   read forwards, and do not go together; a history is for networks with an output for every step.
    public init(
        _ configuration: NetworkConfiguration, workers: Int = Processors.usable,
        states: StateStorage = .kept, history: Int? = nil, memoryLimit: Int? = nil
    ) {
        requireWorkers(workers)
        requireStorage(states, history: history, for: configuration)
        self.history = history
        self.configuration = configuration
        self.workers = workers
        self.storage = states
        self.memoryLimit = memoryLimit
        work = UnfoldingWork(configuration, workers: workers)
        gradient = Parameters(layout: ParameterLayout(configuration))
    }

    /// E of a batch and its gradients, which `gradient`, `initialStateGradient` and `inputGradient`
    /// then hold: a forward pass, the loss, and backpropagation through time.
    ///
    /// - Parameters:
    ///   - network: the network; its configuration is the unfolding's.
    ///   - batch: T timesteps of B sequences.
    ///   - objective: loss, targets and steps, made for this batch.
    ///   - initialState: s_0, B × H, the states of all layers and directions side by side; by default the network's
    ///     own, or zero.
    ///   - inputGradient: whether ∂E/∂x_t is wanted; no by default. Tokens have none.
    ///   - dropoutSeed: decides which elements the network's dropout drops, the same ones for the same seed; without
    ///     it nothing is dropped.
    ///   - stepLimit: every element of δz_t is clipped to ± this, at every step; not by default.
    /// - Returns: E. It may be NaN or infinite; nothing is hidden.
    /// - Throws: `MemoryError` if the states and gradients of the batch do not fit into memory.
    /// - Precondition: network, batch, objective and s_0 belong together.
    ///
    /// Cost: 6·N·(I·H + H·H + H·O) operations for N valid steps of all sequences, less without the input
    /// gradient; with states recomputed up to 2·N·(I·H + H·H) more. Memory: N·H numbers and some
    /// megabytes, less of many sequences; with states recomputed √T·B·(3·H + O) numbers. The process's BLAS library is
    /// single-threaded meanwhile.
    public func lossAndGradient(
        of network: RecurrentNetwork<S>, on batch: SequenceBatch<S>, _ objective: Objective<S>,
        from initialState: Matrix<S>? = nil, inputGradient: Bool = false, dropoutSeed: UInt64? = nil,
        stepLimit: S? = nil
    ) throws(MemoryError) -> Double {
        try differentiate(
            UnfoldingPass(
                network: network, batch: batch, objective: objective, initialState: initialState,
                wantsInputGradient: inputGradient, dropoutSeed: dropoutSeed, stepLimit: stepLimit))
    }

    /// A pass with an objective, forwards and back.
    func differentiate(_ pass: UnfoldingPass<S>) throws(MemoryError) -> Double {
        let (batch, inputGradient) = (pass.batch, pass.wantsInputGradient)
        if let objective = pass.objective {
            requireObjective(objective, fits: batch)
            requireObjective(objective, fits: configuration)
        }
        requireInputGradient(inputGradient, of: batch)
        let plan = plan(batch, backward: true)
        try prepare(pass, plan)
        let inputGradientView = inputGradient ? inputGradientView(batch.layout) : nil
        differentiated = (batch.layout, inputGradient)
        return BLASLibrary.withSingleThread {
            work.lossAndGradient(
                pass, plan, into: gradient.mutableVector, inputGradient: inputGradientView)
        }
    }

    /// Whether `stepLimit` changed δz_t of some step in the last backward pass.
    public var clippedSteps: Bool { work.wasClipped }

    /// E of a batch, without gradients; with elements dropped if there is a seed.
    ///
    /// - Throws: `MemoryError` if a few steps of the batch do not fit into memory.
    /// - Precondition: network, batch, objective and s_0 belong together.
    public func loss(
        of network: RecurrentNetwork<S>, on batch: SequenceBatch<S>, _ objective: Objective<S>,
        from initialState: Matrix<S>? = nil, dropoutSeed: UInt64? = nil
    ) throws(MemoryError) -> Double {
        requireObjective(objective, fits: batch)
        requireObjective(objective, fits: configuration)
        let pass = UnfoldingPass(
            network: network, batch: batch, objective: objective, initialState: initialState,
            dropoutSeed: dropoutSeed)
        let plan = plan(batch, backward: false)
        try prepare(pass, plan)
        return BLASLibrary.withSingleThread { work.infer(pass, plan, nil) }
    }

    /// Runs the network over a batch, and writes outputs and states into `result`.
    ///
    /// - Parameters:
    ///   - network: the network; its configuration is the unfolding's.
    ///   - batch: T timesteps of B sequences.
    ///   - initialState: s_0, B × H; by default the network's own, or zero.
    ///   - result: made for a batch of the same T and B.
    /// - Throws: `MemoryError` if a few steps of the batch do not fit into memory.
    /// - Precondition: network, batch, s_0 and result belong together.
    ///
    /// Cost: 2·N·(I·H + H·H + H·O) operations for N valid steps of all sequences, and a copy of the result.
    /// Memory: a few hundred rows of states, whatever T is.
    public func forward(
        _ network: RecurrentNetwork<S>, on batch: SequenceBatch<S>, from initialState: Matrix<S>? = nil,
        into result: inout ForwardPass<S>
    ) throws(MemoryError) {
        requireResult(result, for: batch, configuration)
        try forward(UnfoldingPass(network: network, batch: batch, initialState: initialState), into: &result)
    }

    func forward(_ pass: UnfoldingPass<S>, into result: inout ForwardPass<S>) throws(MemoryError) {
        let plan = plan(pass.batch, backward: false)
        try prepare(pass, plan)
        BLASLibrary.withSingleThread { result.withViews { _ = work.infer(pass, plan, $0) } }
    }

    /// Does items 0 ..< `items` of work of another kind on the unfolding's workers.
    func share(_ other: any ParallelWork, items: Int) { work.share(other, items: items) }

    private func plan(_ batch: SequenceBatch<S>, backward: Bool) -> UnfoldingPlan {
        UnfoldingPlan(
            batch.layout, configuration, parameters: gradient.count, backward: backward, storage,
            history: history, bytesPerNumber: MemoryLayout<S>.stride)
    }

    /// Checks what belongs together, and that there is memory for it.
    private func prepare(_ pass: UnfoldingPass<S>, _ plan: UnfoldingPlan) throws(MemoryError) {
        requireConfiguration(configuration, pass.network.configuration)
        requireInputs(pass.batch, for: configuration)
        requireInitialState(
            pass.initialState, sequences: pass.batch.sequences, width: configuration.stateWidth)
        differentiated = nil
        let layout = pass.batch.layout
        let inputs = pass.wantsInputGradient ? layout.rows * pass.batch.width : 0
        let needed = (work.count(pass, plan) + inputs) * MemoryLayout<S>.stride
        guard needed > bytes else { return }
        if let available = memoryLimit ?? systemMemory(for: needed), needed > available {
            let canRecompute = storage == .kept && history == nil && !configuration.isBidirectional
            throw MemoryError(needed: needed, available: available, canRecompute: canRecompute)
        }
        bytes = needed
    }

    /// What the system could give, where that may matter; a few megabytes are not worth asking for.
    private func systemMemory(for needed: Int) -> Int? {
        needed - bytes < 1 << 24 ? nil : SystemMemory.available.map { $0 + bytes }
    }

    private func inputGradientView(_ layout: BatchLayout) -> MutableMatrixView<S> {
        let count = layout.rows * configuration.inputWidth
        if inputGradientBuffer.count < count { inputGradientBuffer = AlignedBuffer(count: count) }
        return inputGradientBuffer.view(rows: layout.rows, columns: configuration.inputWidth)
    }
}

// What the last pass left.
extension Unfolding {
    /// The states after the first so many steps of the last batch, B × H with the states of all cells side by side.
    ///
    /// - Precondition: the last pass kept its states and was over sequences of equal length, the network reads
    ///   forwards, and there are so many steps, at least one.
    func state(after step: Int) -> Matrix<S> {
        work.state { cell in cell.state(after: step) }
    }

    /// Each sequence's states after its last step, B × H.
    ///
    /// - Precondition: the last call was `loss`.
    var finalState: Matrix<S> { work.state { $0.finalStates.readOnly } }

    /// The share of states of the last backward pass where |Φ'| is below 2 % of its largest value.
    var saturation: Double { work.saturation }

    /// ∂E/∂s_0 of the last batch, B × H; zero for a layer without W_s.
    ///
    /// - Precondition: the last call was `lossAndGradient`.
    public var initialStateGradient: Matrix<S> {
        guard let differentiated else { preconditionFailure(noGradientMessage) }
        var gradient = Matrix<S>(
            rows: differentiated.layout.sequences, columns: configuration.stateWidth)
        for unfolded in work.blocks.prefix(differentiated.layout.blocks.count) {
            let sequences = unfolded.block.sequences
            for layer in unfolded.layers {
                for cell in layer.cells {
                    let carried = cell.carriedGradient(sequences.count).readOnly
                    gradient.withMutableView { gradient in
                        let columns = gradient.columns(cell.cell.columns)
                        for (row, sequence) in sequences.enumerated() {
                            columns.rows(sequence..<sequence + 1).copy(from: carried.rows(row..<row + 1))
                        }
                    }
                }
            }
        }
        return gradient
    }

    /// ∂E/∂x_t of the last batch, T·B × I, zero at padding; or nil if the last call did not ask for it.
    public var inputGradient: Matrix<S>? {
        guard let differentiated, differentiated.hasInputGradient else { return nil }
        return differentiated.layout.unpack(inputGradientView(differentiated.layout).readOnly)
    }

    private var noGradientMessage: String {
        "there is no gradient of this batch: the last call was not lossAndGradient"
    }
}
