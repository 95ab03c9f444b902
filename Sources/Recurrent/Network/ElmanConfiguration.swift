/// What an Elman network is before it has any weights: widths, functions and which parts exist.
public struct ElmanConfiguration: Equatable, Sendable {
    /// I, the width of x_t.
    public let inputWidth: Int
    /// H, the width of s_t.
    public let stateWidth: Int
    /// O, the width of y_t.
    public let outputWidth: Int
    /// Φ
    public let activation: Activation
    /// σ
    public let output: OutputFunction
    /// Whether there is a b_s.
    public let hasStateBias: Bool
    /// Whether there is a b_y.
    public let hasOutputBias: Bool
    /// Whether there is a W_s. Without it the network is feedforward: every timestep stands alone.
    public let isRecurrent: Bool

    /// - Parameters:
    ///   - inputWidth: I.
    ///   - stateWidth: H.
    ///   - outputWidth: O.
    ///   - activation: Φ; tanh by default.
    ///   - output: σ; linear by default.
    ///   - stateBias: whether there is a b_s; yes by default.
    ///   - outputBias: whether there is a b_y; yes by default.
    ///   - recurrent: whether there is a W_s; yes by default.
    /// - Precondition: all widths are at least 1.
    public init(
        inputWidth: Int, stateWidth: Int, outputWidth: Int,
        activation: Activation = .tanh, output: OutputFunction = .linear,
        stateBias: Bool = true, outputBias: Bool = true, recurrent: Bool = true
    ) {
        requireWidths(inputWidth, stateWidth, outputWidth)
        self.inputWidth = inputWidth
        self.stateWidth = stateWidth
        self.outputWidth = outputWidth
        self.activation = activation
        self.output = output
        self.hasStateBias = stateBias
        self.hasOutputBias = outputBias
        self.isRecurrent = recurrent
    }
}
