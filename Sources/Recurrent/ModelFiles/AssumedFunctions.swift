/// The functions of a network whose file does not name them: files saved by PyTorch hold tensors only.
/// Whether it is an Elman network, a GRU or an LSTM is told from the shapes of its weights.
public struct AssumedFunctions: Sendable {
    /// Φ of every Elman layer; nil if none was given, which means tanh.
    public let activation: Activation?
    public let output: OutputFunction
    public let readOut: ReadOut
    /// The place of the reset of every GRU layer.
    public let reset: GRUReset

    /// - Parameters:
    ///   - activation: Φ of every Elman layer; tanh by default, as in PyTorch. If it is given, a network without
    ///     Elman layers is refused.
    ///   - output: σ.
    ///   - readOut: every step by default.
    ///   - reset: the place of the reset of every GRU layer; after the product by default, as in PyTorch. The
    ///     shapes are the same in both cases. A network of the other kind gives other outputs than the
    ///     program that saved it, at the second step at the latest.
    public init(
        activation: Activation? = nil, output: OutputFunction, readOut: ReadOut = .everyStep,
        reset: GRUReset = .afterProduct
    ) {
        self.activation = activation
        self.output = output
        self.readOut = readOut
        self.reset = reset
    }
}
