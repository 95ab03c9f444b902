import RecurrentLinearAlgebra

/// A recurrent network: layers of cells and a read-out.
///
///     z_t = x_t W_x + s_{t−1} W_s + b_s        s_t from z_t, by the equations of the cell; Elman's: s_t = Φ(z_t)
///     a_t = s_t W_y + b_y                      y_t = σ(a_t)
///
/// Each layer reads the output of the one below, forwards or both ways; tokens may be embedded first; see
/// `NetworkConfiguration`.
///
/// A value: a configuration and its parameters. `forward` runs it over a batch of sequences,
/// `step` over one timestep after the other; `Unfolding` trains it by backpropagation through time.
public struct RecurrentNetwork<S: Scalar>: Sendable {
    public let configuration: NetworkConfiguration
    /// Ties states to the network. Copies share it, also after they have been trained.
    let identity = NetworkIdentity()
    /// W_x (I × G·H), W_s (H × G·H), W_y (H × O), b_s (1 × G·H), b_y (1 × O) in one flat buffer, with more of them where
    /// there are more layers; G is the number of the cell's gates.
    public var parameters: Parameters<S>

    /// A network with random parameters.
    ///
    /// - Parameters:
    ///   - configuration: widths, functions, and which parts exist.
    ///   - initialiser: the distribution; uniform on ±1/√H by default.
    ///   - forgetBias: b_s of an LSTM's forget gates, which lets c last at first (Jozefowicz, Zaremba, Sutskever 2015);
    ///     1 by default, as in Keras. nil leaves it as drawn, as in PyTorch.
    ///   - generator: the source of every draw.
    /// - Precondition: the numbers of the initialiser fit the widths; they and the bias are finite.
    public init(
        _ configuration: NetworkConfiguration, initialiser: Initialiser = .uniform,
        forgetBias: Double? = 1, using generator: inout RandomGenerator
    ) {
        if let forgetBias { requireFinite(forgetBias, "a forget bias") }
        self.configuration = configuration
        parameters = initialiser.draw(configuration, using: &generator)
        guard let forgetBias else { return }
        for cell in configuration.cells {
            let name = ParameterName(
                .stateBias, layer: cell.layer, reverse: cell.isReverse, gate: .forget)
            parameters.mutableView(of: name)?.fill(S(forgetBias))
        }
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
}

extension RecurrentNetwork: Equatable {
    /// Same configuration, equal parameters.
    public static func == (left: RecurrentNetwork, right: RecurrentNetwork) -> Bool {
        left.configuration == right.configuration && left.parameters == right.parameters
    }
}
