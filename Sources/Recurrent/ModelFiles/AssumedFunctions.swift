/// The functions of a network whose file does not name them: files saved by PyTorch hold tensors only.
public struct AssumedFunctions: Sendable {
    public let activation: Activation
    public let output: OutputFunction
    public let readOut: ReadOut

    /// - Parameters:
    ///   - activation: Φ of every layer.
    ///   - output: σ.
    ///   - readOut: every step by default.
    public init(activation: Activation, output: OutputFunction, readOut: ReadOut = .everyStep) {
        self.activation = activation
        self.output = output
        self.readOut = readOut
    }
}
