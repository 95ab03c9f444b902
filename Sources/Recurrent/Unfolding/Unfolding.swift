import RecurrentLinearAlgebra

/// A network unfolded in time: the memory of its T copies, the forward pass through them and backpropagation through
/// time, shared by several workers.
///
/// An unfolding is made once for a network, or for all networks of its configuration, and used again for every batch;
/// it allocates only when a batch is larger than all before. The number of workers changes the time that a pass takes,
/// never its result: losses, outputs and gradients have the same bits on any number of workers.
///
/// Not thread-safe: one unfolding serves one caller at a time. A network may be used by many.
public final class Unfolding<S: Scalar> {
    public let configuration: NetworkConfiguration
    /// The number of threads that share the work, the caller's among them.
    public let workers: Int
    /// The states that a backward pass keeps.
    public let storage: StateStorage
    /// The number of steps that the gradient of each E_t reaches back; all if nil.
    public let history: Int?
    /// ∂E/∂W_x, ∂E/∂W_s, ∂E/∂W_y, ∂E/∂b_s, ∂E/∂b_y of the last backward pass; after a
    /// training step, as clipping left them.
    public internal(set) var gradient: Parameters<S>

    private let memoryLimit: Int?
    let engine: UnfoldingEngine<S>
    private var inputGradientBuffer = AlignedBuffer<S>(count: 0)
    /// The bytes that the largest pass so far took.
    private var bytes = 0
    /// The results that the last pass left.
    private var results = Results.none

    private enum Results {
        case none, states
        case gradients(of: BatchLayout, inputs: Bool)
    }

    /// - Parameters:
    ///   - network: the network that is run or trained, or another of its configuration.
    ///   - workers: the number of threads that share the work, the caller's among them; by default as many as this
    ///     process has processors. More bring no gain.
    ///   - states: the states that a backward pass keeps; all by default. Networks that read both ways keep all.
    ///   - history: the number of steps, t among them, that the gradient of each E_t reaches back (truncated
    ///     backpropagation in which every loss has the same history); all by default. Costs one product with W_sᵀ over
    ///     all timesteps for each of these steps, and no forward pass more.
    ///   - memoryLimit: the bytes that the unfolding may take; by default the memory that the system has.
    /// - Precondition: `workers` and `history` are at least 1. Recomputed states and a history are for networks that
    ///   read forwards, and do not go together; a history is for networks of Elman cells with an output for every
    ///   step.
    public convenience init(
        for network: RecurrentNetwork<S>, workers: Int = Processors.usable, states: StateStorage = .kept,
        history: Int? = nil, memoryLimit: Int? = nil
    ) {
        self.init(
            for: network, workers: workers, states: states, history: history, memoryLimit: memoryLimit,
            playing: nil)
    }

    /// An unfolding of which one thread does all the work, while a schedule plays it on workers.
    package convenience init(for network: RecurrentNetwork<S>, playing schedule: PlayedSchedule) {
        self.init(
            for: network, workers: schedule.workers, states: .kept, history: nil, memoryLimit: nil,
            playing: schedule)
    }

    private init(
        for network: RecurrentNetwork<S>, workers: Int, states: StateStorage, history: Int?,
        memoryLimit: Int?, playing schedule: PlayedSchedule?
    ) {
        let configuration = network.configuration
        requireWorkers(workers)
        requireStorage(states, history: history, for: configuration)
        self.history = history
        self.configuration = configuration
        self.workers = workers
        self.storage = states
        self.memoryLimit = memoryLimit
        engine = UnfoldingEngine(configuration, workers: workers, playing: schedule)
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
    /// - Returns: E. It may be NaN or infinite; nothing is hidden. A state that overflows makes the gradients of its cell's
    ///   weights NaN even if it belongs to a sequence whose losses all weigh 0; E is finite then.
    /// - Throws: `PassError` if network, batch, objective and s_0 do not belong together, if s_0 is not finite, or if the
    ///   states and gradients of the batch do not fit into memory.
    ///
    /// Cost: 6·N·(I·H + H·H + H·O) operations for N valid steps of all sequences, less without the input
    /// gradient; with states recomputed up to 2·N·(I·H + H·H) more. Memory: N·H numbers and some
    /// megabytes, less of many sequences; with states recomputed √T·B·(3·H + O) numbers. The process's BLAS library is
    /// single-threaded meanwhile.
    public func lossAndGradient(
        of network: RecurrentNetwork<S>, on batch: SequenceBatch<S>, _ objective: Objective<S>,
        from initialState: Matrix<S>? = nil, inputGradient: Bool = false, dropoutSeed: UInt64? = nil,
        stepLimit: S? = nil
    ) throws(PassError) -> Double {
        try requireConfiguration(configuration, network.configuration)
        return try differentiate(
            UnfoldingPass(
                parameters: network.parameters, batch: batch, objective: objective,
                initialState: initialState,
                wantsInputGradient: inputGradient, dropoutSeed: dropoutSeed, stepLimit: stepLimit))
    }

    /// A pass with an objective, forwards and back.
    func differentiate(_ pass: UnfoldingPass<S>) throws(PassError) -> Double {
        let (batch, inputGradient) = (pass.batch, pass.wantsInputGradient)
        if let objective = pass.objective {
            try requireObjective(objective, fits: batch)
            try requireObjective(objective, fits: configuration)
            if objective.loss.isOfSequences { return try differentiateSequences(pass, objective) }
        }
        try requireInputGradient(inputGradient, of: batch)
        try requireStepLimit(pass.stepLimit)
        try reserve(pass, backward: true)
        let inputGradientView = inputGradient ? inputGradientView(batch.layout) : nil
        results = .gradients(of: batch.layout, inputs: inputGradient)
        return BLASLibrary.withSingleThread {
            engine.forwardAndBack(into: gradient.mutableVector, inputGradient: inputGradientView)
        }
    }

    /// True if `stepLimit` changed δz_t of some step in the last backward pass.
    public var clippedSteps: Bool { engine.blocks.wasClipped }

    /// E of a batch, without gradients; with elements dropped if there is a seed.
    ///
    /// - Throws: `PassError` if network, batch, objective and s_0 do not belong together, if s_0 is not finite, or if a few
    ///   steps of the batch do not fit into memory.
    public func loss(
        of network: RecurrentNetwork<S>, on batch: SequenceBatch<S>, _ objective: Objective<S>,
        from initialState: Matrix<S>? = nil, dropoutSeed: UInt64? = nil
    ) throws(PassError) -> Double {
        try requireConfiguration(configuration, network.configuration)
        try requireObjective(objective, fits: batch)
        try requireObjective(objective, fits: configuration)
        let pass = UnfoldingPass(
            parameters: network.parameters, batch: batch, objective: objective, initialState: initialState,
            dropoutSeed: dropoutSeed)
        if objective.loss.isOfSequences { return try evaluateSequences(pass, objective).loss }
        try reserve(pass, backward: false)
        results = .states
        return BLASLibrary.withSingleThread { engine.forward() }
    }

    /// Runs the network over a batch, and writes outputs and states into `result`.
    ///
    /// - Parameters:
    ///   - network: the network; its configuration is the unfolding's.
    ///   - batch: T timesteps of B sequences.
    ///   - initialState: s_0, B × H; by default the network's own, or zero.
    ///   - result: made for a batch of the same T and B.
    /// - Throws: `PassError` if network, batch, s_0 and result do not belong together, if s_0 is not finite, or if a few
    ///   steps of the batch do not fit into memory.
    ///
    /// Cost: 2·N·(I·H + H·H + H·O) operations for N valid steps of all sequences, and a copy of the result.
    /// Memory: a few hundred rows of states, whatever T is.
    public func forward(
        _ network: RecurrentNetwork<S>, on batch: SequenceBatch<S>, from initialState: Matrix<S>? = nil,
        into result: inout ForwardPass<S>
    ) throws(PassError) {
        try requireConfiguration(configuration, network.configuration)
        try requireResult(result, for: batch, configuration)
        try forward(
            UnfoldingPass(parameters: network.parameters, batch: batch, initialState: initialState),
            into: &result)
    }

    func forward(_ pass: UnfoldingPass<S>, into result: inout ForwardPass<S>) throws(PassError) {
        try reserve(pass, backward: false)
        results = .states
        BLASLibrary.withSingleThread { result.withViews { _ = engine.forward(into: $0) } }
    }

    /// Does items 0 ..< `items` of work of another kind on the unfolding's workers.
    func share(_ other: any ParallelWork, items: Int) { engine.pool.run(other, items: items) }

    /// Checks that inputs, s_0 and network belong together, and that there is memory for the pass, which the engine has
    /// then.
    private func reserve(_ pass: UnfoldingPass<S>, backward: Bool) throws(PassError) {
        let layout = pass.batch.layout
        try requireInputs(pass.batch, for: configuration)
        try requireInitialState(
            pass.initialState, sequences: pass.batch.sequences, width: configuration.stateWidth)
        do throws(InitialStateError) {
            try InitialStateError.check(pass.initialState)
        } catch {
            throw .initialState(error)
        }
        results = .none
        let plan = UnfoldingPlan(
            layout, configuration, backward: backward, storage, history: history, parameters: gradient.count,
            bytesPerNumber: MemoryLayout<S>.stride, workers: pass.recordsStateGradients ? 1 : workers)
        let inputs = pass.wantsInputGradient ? layout.rows * pass.batch.width : 0
        let needed = (engine.count(pass, plan) + inputs) * MemoryLayout<S>.stride
        guard needed > bytes else { return }
        if let available = memoryLimit ?? systemMemory(for: needed), needed > available {
            engine.work.empty()
            let canRecompute = storage == .kept && history == nil && !configuration.isBidirectional
            throw .memory(MemoryError(needed: needed, available: available, canRecompute: canRecompute))
        }
        bytes = needed
    }

    /// The memory that the system could give, where that may matter; a few megabytes are not worth asking for.
    private func systemMemory(for needed: Int) -> Int? {
        needed - bytes < 1 << 24 ? nil : SystemMemory.available.map { $0 + bytes }
    }

    private func inputGradientView(_ layout: BatchLayout) -> MutableMatrixView<S> {
        let count = layout.rows * configuration.inputWidth
        if inputGradientBuffer.count < count { inputGradientBuffer = AlignedBuffer(count: count) }
        return inputGradientBuffer.view(rows: layout.rows, columns: configuration.inputWidth)
    }
}

// The results that the last pass left.
extension Unfolding {
    /// The states of all sequences after a step of the last batch, counted from 1: B × H with the states of all cells
    /// side by side.
    ///
    /// - Precondition: the last pass kept its states and was over sequences of equal length, the network reads
    ///   forwards, and the sequences have this step.
    func state(after step: Int) -> Matrix<S> { engine.blocks.rows { $0.states($1, after: step) } }

    /// The share of states of the last backward pass, or of gates, where |Φ'| is below 2 % of its largest value.
    var saturation: Double { engine.saturation }

    /// Each sequence's states after its last valid step, B × H with the states of all layers and directions side by
    /// side; of a cell that reads backwards its state at step 1. nil unless the last call was `loss` or `forward`.
    ///
    /// Of a network that reads forwards the next window of the same sequences begins with it, `from:` this state.
    public var finalState: Matrix<S>? {
        guard case .states = results else { return nil }
        return engine.blocks.rows { $0.finalStates($1).readOnly }
    }

    /// ∂E/∂s_0 of the last batch, B × H; zero for a layer without W_s. nil unless the last call was `lossAndGradient`.
    public var initialStateGradient: Matrix<S>? {
        guard case .gradients = results else { return nil }
        return engine.blocks.rows { $0.initialStateGradients($1) }
    }

    /// ∂E/∂x_t of the last batch, T·B × I, zero at padding. nil unless the last call was `lossAndGradient` and asked
    /// for it.
    public var inputGradient: Matrix<S>? {
        guard case .gradients(let layout, true) = results else { return nil }
        return layout.unpack(inputGradientView(layout).readOnly)
    }
}
