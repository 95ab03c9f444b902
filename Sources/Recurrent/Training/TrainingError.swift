import RecurrentLinearAlgebra

/// Why a training step was refused. The parameters are then as they were before it.
public enum TrainingError: Error, Equatable, Sendable, CustomStringConvertible {
    case lossNotFinite(Double)
    case gradientNotFinite(ParameterName, loss: Double)
    case gradientNormNotFinite(loss: Double)
    case updateNotFinite(loss: Double)
    case memory(MemoryError)

    public var description: String {
        switch self {
        case .lossNotFinite(let loss):
            "the loss is \(loss); the parameters are unchanged; try a smaller learning rate or clipping"
        case .gradientNotFinite(let name, let loss):
            "∂E/∂\(name) is not finite (loss \(loss)); the parameters are unchanged; try a smaller learning rate or clipping"
        case .gradientNormNotFinite(let loss):
            "the norm of the gradient overflows (loss \(loss)); the parameters are unchanged; rescale the data or use Double"
        case .updateNotFinite(let loss):
            "the update would overflow the parameters or the optimiser's moments (loss \(loss)), which are unchanged; try a smaller learning rate or clipping"
        case .memory(let error):
            error.description
        }
    }
}

/// What one training step did.
public struct TrainingReport: Equatable, Sendable {
    /// E before the step.
    public let loss: Double
    /// ‖∂E/∂θ‖₂ over all parameters, before clipping.
    public let gradientNorm: Double
    /// Whether clipping changed the gradient.
    public let wasClipped: Bool
}

/// ‖g‖₂ of a loss and gradient that a step can be built on.
func finiteNorm<S: Scalar>(of gradient: Parameters<S>, loss: Double) throws(TrainingError) -> S {
    guard loss.isFinite else { throw .lossNotFinite(loss) }
    let norm = gradient.norm
    if norm.isFinite { return norm }
    if let name = gradient.firstPartNotFinite { throw .gradientNotFinite(name, loss: loss) }
    throw .gradientNormNotFinite(loss: loss)
}
