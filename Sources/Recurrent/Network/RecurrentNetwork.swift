import RecurrentLinearAlgebra

/// An Elman network, also called a simple recurrent network.
///
///     z_t = x_t W_x + s_{t−1} W_s + b_s        s_t = Φ(z_t)
///     a_t = s_t W_y + b_y                      y_t = σ(a_t)
///
/// Layers may stand on each other, each reading the output of the one below, forwards or both ways; tokens may be
/// embedded first; see `NetworkConfiguration`.
///
/// A value: a configuration and its parameters. `forward` runs it over a batch of sequences,
/// `step` over one timestep after the other; `Unfolding` trains it by backpropagation through time.
public struct RecurrentNetwork<S: Scalar>: Sendable {
    public let configuration: NetworkConfiguration
    /// What states are made for. Copies of a network share it, and so does what training makes of them.
    let identity = NetworkIdentity()
    /// W_x (I × H), W_s (H × H), W_y (H × O), b_s (1 × H), b_y (1 × O) in one flat buffer, with more of them where
    /// there are more layers.
    public var parameters: Parameters<S>

    /// A network with random parameters.
    ///
    /// - Parameters:
    ///   - configuration: widths, functions, and which parts exist.
    ///   - initialiser: the distribution; uniform on ±1/√H by default.
    ///   - generator: the source of every draw.
    public init(
        _ configuration: NetworkConfiguration, initialiser: Initialiser = .uniform,
        using generator: inout RandomGenerator
    ) {
        self.configuration = configuration
        parameters = initialiser.draw(configuration, using: &generator)
    }

    /// A network with parameters given.
    ///
    /// - Precondition: the parameters have the configuration's layout.
    public init(_ configuration: NetworkConfiguration, parameters: Parameters<S>) {
        requireLayout(parameters.layout, of: configuration)
        self.configuration = configuration
        self.parameters = parameters
    }

    /// The same network in another number type, rounded where it is narrower.
    public func converted<Other: Scalar>(to type: Other.Type) -> RecurrentNetwork<Other> {
        var converted = Parameters<Other>(layout: parameters.layout)
        for part in parameters.layout.parts {
            converted[part.name] = parameters.matrix(part.name).converted(to: Other.self)
        }
        return RecurrentNetwork<Other>(configuration, parameters: converted)
    }

    /// Runs the network over a batch: all states, all outputs, the final states.
    ///
    /// For one batch; for many, `Unfolding.forward` takes no new memory.
    ///
    /// - Parameters:
    ///   - batch: T timesteps of B sequences of width I.
    ///   - initialState: s_0, B × H, the states of all layers side by side; by default the network's own, or zero.
    ///   - workers: how many threads share the work; 1 by default.
    /// - Throws: `MemoryError` if a few steps of the batch do not fit into memory.
    /// - Precondition: widths fit.
    ///
    /// Cost: 2·N·(I·H + H·H + H·O) operations for N valid steps, and the memory of the result.
    public func forward(
        _ batch: SequenceBatch<S>, from initialState: Matrix<S>? = nil, workers: Int = 1
    ) throws(MemoryError) -> ForwardPass<S> {
        var result = ForwardPass(for: batch, configuration, states: true)
        let unfolding = Unfolding<S>(configuration, workers: workers)
        try unfolding.forward(self, on: batch, from: initialState, into: &result)
        return result
    }
}

extension RecurrentNetwork: Equatable {
    /// Same configuration, equal parameters.
    public static func == (left: RecurrentNetwork, right: RecurrentNetwork) -> Bool {
        left.configuration == right.configuration && left.parameters == right.parameters
    }
}
