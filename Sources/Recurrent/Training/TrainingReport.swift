/// The result of one training step.
public struct TrainingReport: Equatable, Sendable {
    /// E before the step.
    public let loss: Double
    /// ‖∂E/∂θ‖₂ over all parameters, before clipping.
    public let gradientNorm: Double
    /// True if clipping changed the gradient.
    public let wasClipped: Bool
}
