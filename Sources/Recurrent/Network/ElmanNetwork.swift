import LinearAlgebra

/// An Elman network (simple recurrent network):
///
///     z_t = x_t W_x + s_{t−1} W_s + b_s        s_t = Φ(z_t)
///     a_t = s_t W_y + b_y                      y_t = σ(a_t)
///
/// A value: a configuration and its parameters. `forward` runs it over a batch of sequences;
/// `Unfolding` trains it by backpropagation through time.
public struct ElmanNetwork<S: Scalar>: Sendable, Equatable {
    public let configuration: ElmanConfiguration
    /// W_x (I × H), W_s (H × H), W_y (H × O), b_s (1 × H), b_y (1 × O) in one flat buffer.
    public var parameters: Parameters<S>

    /// A network with random parameters.
    ///
    /// - Parameters:
    ///   - configuration: widths, functions, and which parts exist.
    ///   - initialiser: the distribution; uniform on ±1/√H by default.
    ///   - generator: the source of every draw.
    public init(
        _ configuration: ElmanConfiguration, initialiser: Initialiser = .uniform,
        using generator: inout RandomGenerator
    ) {
        self.configuration = configuration
        parameters = initialiser.draw(configuration, using: &generator)
    }

    /// A network with parameters given.
    ///
    /// - Precondition: the parameters have the configuration's layout.
    public init(_ configuration: ElmanConfiguration, parameters: Parameters<S>) {
        requireLayout(parameters.layout, of: configuration)
        self.configuration = configuration
        self.parameters = parameters
    }

    /// The same network in another number type, rounded where it is narrower.
    public func converted<Other: Scalar>(to type: Other.Type) -> ElmanNetwork<Other> {
        var converted = Parameters<Other>(layout: parameters.layout)
        for part in parameters.layout.parts {
            converted[part.name] = parameters.matrix(part.name).converted(to: Other.self)
        }
        return ElmanNetwork<Other>(configuration, parameters: converted)
    }

    /// Runs the network over a batch: all states, all outputs, the final states.
    ///
    /// - Parameters:
    ///   - batch: T timesteps of B sequences of width I.
    ///   - initialState: s_0, B × H; zero by default.
    /// - Precondition: widths fit.
    ///
    /// Cost: 2·T·B·(I·H + H·H + H·O) operations and the memory of the result.
    public func forward(
        _ batch: SequenceBatch<S>, from initialState: Matrix<S>? = nil
    ) -> ForwardPass<S> {
        let unfolding = Unfolding<S>(configuration)
        unfolding.forward(self, batch, from: initialState)
        return ForwardPass(of: unfolding, batch)
    }
}

/// What a network computed for a batch.
public struct ForwardPass<S: Scalar>: Sendable {
    /// s_0 … s_T, time-major: (T+1)·B × H; row t·B + b is sequence b's state after step t, where
    /// t = 0 is the initial state. After its last valid step a sequence keeps its state.
    public let states: Matrix<S>
    /// y_1 … y_T, time-major: T·B × O; row (t−1)·B + b is sequence b's output at step t. Rows of
    /// padding hold what the network gives for its kept state.
    public let outputs: Matrix<S>
    /// B × H: each sequence's state after its last valid step.
    public let finalState: Matrix<S>

    init(of unfolding: Unfolding<S>, _ batch: SequenceBatch<S>) {
        states = Matrix(unfolding.allStates.readOnly)
        outputs = Matrix(unfolding.outputs.readOnly)
        finalState = Matrix(unfolding.state(batch.steps).readOnly)
    }

    /// y_t of one sequence.
    ///
    /// - Precondition: `step` is in 1...T and `sequence` in 0..<B.
    public func output(step: Int, sequence: Int) -> [S] {
        let sequences = finalState.rows
        return (0..<outputs.columns).map { outputs[(step - 1) * sequences + sequence, $0] }
    }
}
