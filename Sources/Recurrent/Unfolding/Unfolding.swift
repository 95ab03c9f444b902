import LinearAlgebra

/// An Elman network unfolded in time: the memory of its T copies, the forward pass through them and
/// backpropagation through time.
///
/// An unfolding is made once for a configuration and used again for every batch; it allocates only
/// when a batch is larger than all before. Everything is time-major, so that all timesteps of a
/// quantity are one matrix:
///
///     S   states          (T+1)·B × H    s_0 first
///     Y   outputs             T·B × O    a_t, then y_t, then δa_t, in place
///     δS  state gradients     T·B × H    δs_t, then δz_t, in place
///
/// Not thread-safe: one unfolding serves one thread at a time. A network may be used by many.
public final class Unfolding<S: Scalar> {
    public let configuration: ElmanConfiguration
    /// T of the batch at work.
    public private(set) var steps = 0
    /// B of the batch at work.
    public private(set) var sequences = 0
    /// ∂E/∂W_x, ∂E/∂W_s, ∂E/∂W_y, ∂E/∂b_s, ∂E/∂b_y of the last backward pass; after a
    /// training step, as clipping left them.
    public internal(set) var gradient: Parameters<S>

    private var stateBuffer = AlignedBuffer<S>(count: 0)
    private var outputBuffer = AlignedBuffer<S>(count: 0)
    private var stateGradientBuffer = AlignedBuffer<S>(count: 0)
    private var initialStateGradientBuffer = AlignedBuffer<S>(count: 0)
    private var inputGradientBuffer = AlignedBuffer<S>(count: 0)
    private var transposedStateWeightsBuffer = AlignedBuffer<S>(count: 0)
    /// Whether the gradients are those of the batch at work.
    private var hasGradient = false
    private var hasInputGradient = false

    public init(_ configuration: ElmanConfiguration) {
        self.configuration = configuration
        gradient = Parameters(layout: ParameterLayout(configuration))
    }

    /// ∂E/∂a_t of the last loss, T·B × O.
    var activationGradient: Matrix<S> { Matrix(outputs.readOnly) }

    /// ∂E/∂s_0 of the batch at work, B × H; zero for a network without W_s.
    ///
    /// - Precondition: the last call was `lossAndGradient`.
    public var initialStateGradient: Matrix<S> {
        requireGradient(hasGradient)
        return Matrix(initialStateGradientView.readOnly)
    }

    /// ∂E/∂x_t of the batch at work, T·B × I, or nil if the last call did not ask for it.
    public var inputGradient: Matrix<S>? {
        hasInputGradient ? Matrix(inputGradientView.readOnly) : nil
    }

    /// E of a batch and its gradients, which `gradient`, `initialStateGradient` and `inputGradient`
    /// then hold: a forward pass, the loss, and backpropagation through time.
    ///
    /// - Parameters:
    ///   - network: the network; its configuration is the unfolding's.
    ///   - batch: T timesteps of B sequences.
    ///   - objective: loss, targets and steps, made for this batch.
    ///   - initialState: s_0, B × H; zero by default.
    ///   - inputGradient: whether ∂E/∂x_t is wanted; no by default.
    /// - Returns: E. It may be NaN or infinite; nothing is hidden.
    /// - Precondition: network, batch, objective and s_0 belong together.
    ///
    /// Cost: 6·T·B·(I·H + H·H + H·O) operations, less without the input gradient. The process's BLAS
    /// library is single-threaded meanwhile.
    public func lossAndGradient(
        of network: ElmanNetwork<S>, on batch: SequenceBatch<S>, _ objective: Objective<S>,
        from initialState: Matrix<S>? = nil, inputGradient: Bool = false
    ) -> Double {
        requireObjective(objective, fits: batch)
        requireObjective(objective, fits: configuration)
        return BLASLibrary.withSingleThread {
            runForward(network, batch, from: initialState)
            let loss = objective.evaluate(inPlaceOf: outputs)
            runBackward(network, batch, inputGradient: inputGradient)
            return loss
        }
    }

    /// E of a batch, without gradients.
    ///
    /// - Precondition: network, batch, objective and s_0 belong together.
    public func loss(
        of network: ElmanNetwork<S>, on batch: SequenceBatch<S>, _ objective: Objective<S>,
        from initialState: Matrix<S>? = nil
    ) -> Double {
        requireObjective(objective, fits: batch)
        requireObjective(objective, fits: configuration)
        return BLASLibrary.withSingleThread {
            runForward(network, batch, from: initialState)
            return objective.evaluate(inPlaceOf: outputs)
        }
    }

    /// States and outputs of a batch, which `ForwardPass` then copies.
    func forward(_ network: ElmanNetwork<S>, _ batch: SequenceBatch<S>, from initialState: Matrix<S>?) {
        BLASLibrary.withSingleThread {
            runForward(network, batch, from: initialState)
            configuration.output.apply(to: outputs)
        }
    }

    /// s_1 … s_T (T·B × H) and a_1 … a_T (T·B × O), the outputs before the output function.
    func statesAndActivations(
        of network: ElmanNetwork<S>, _ batch: SequenceBatch<S>, from initialState: Matrix<S>?
    ) -> (states: Matrix<S>, activations: Matrix<S>) {
        BLASLibrary.withSingleThread { runForward(network, batch, from: initialState) }
        let afterInitial = sequences..<(steps + 1) * sequences
        return (Matrix(allStates.rows(afterInitial).readOnly), Matrix(outputs.readOnly))
    }
}

// The memory as matrices. Views are valid until the next batch.
extension Unfolding {
    /// Makes room for the forward pass of a batch.
    func prepareForward(steps: Int, sequences: Int) {
        self.steps = steps
        self.sequences = sequences
        (hasGradient, hasInputGradient) = (false, false)
        Self.reserve(&stateBuffer, (steps + 1) * sequences * configuration.stateWidth)
        Self.reserve(&outputBuffer, steps * sequences * configuration.outputWidth)
    }

    /// Makes room for the backward pass of the batch at work.
    func prepareBackward(inputGradient: Bool) {
        Self.reserve(&stateGradientBuffer, steps * sequences * configuration.stateWidth)
        Self.reserve(&initialStateGradientBuffer, sequences * configuration.stateWidth)
        (hasGradient, hasInputGradient) = (true, inputGradient)
        if configuration.isRecurrent {
            Self.reserve(
                &transposedStateWeightsBuffer, configuration.stateWidth * configuration.stateWidth)
        }
        if inputGradient {
            Self.reserve(&inputGradientBuffer, steps * sequences * configuration.inputWidth)
        }
    }

    private static func reserve(_ buffer: inout AlignedBuffer<S>, _ count: Int) {
        if buffer.count < count { buffer = AlignedBuffer(count: count) }
    }

    /// s_0 … s_T, (T+1)·B × H.
    var allStates: MutableMatrixView<S> {
        stateBuffer.view(rows: (steps + 1) * sequences, columns: configuration.stateWidth)
    }

    /// s_t, B × H; t = 0 is the initial state.
    func state(_ t: Int) -> MutableMatrixView<S> {
        allStates.rows(t * sequences..<(t + 1) * sequences)
    }

    /// a_t, y_t or δa_t of all steps, T·B × O.
    var outputs: MutableMatrixView<S> {
        outputBuffer.view(rows: steps * sequences, columns: configuration.outputWidth)
    }

    /// δs_t or δz_t of all steps, T·B × H.
    var allStateGradients: MutableMatrixView<S> {
        stateGradientBuffer.view(rows: steps * sequences, columns: configuration.stateWidth)
    }

    /// δs_t or δz_t, B × H, for t in 1...T; t = 0 is ∂E/∂s_0.
    func stateGradient(_ t: Int) -> MutableMatrixView<S> {
        t == 0
            ? initialStateGradientView
            : allStateGradients.rows((t - 1) * sequences..<t * sequences)
    }

    var initialStateGradientView: MutableMatrixView<S> {
        initialStateGradientBuffer.view(rows: sequences, columns: configuration.stateWidth)
    }

    /// Room for W_sᵀ, H × H.
    var transposedStateWeights: MutableMatrixView<S> {
        let H = configuration.stateWidth
        return transposedStateWeightsBuffer.view(rows: H, columns: H)
    }

    var inputGradientView: MutableMatrixView<S> {
        inputGradientBuffer.view(rows: steps * sequences, columns: configuration.inputWidth)
    }
}
