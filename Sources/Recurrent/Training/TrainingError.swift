import RecurrentLinearAlgebra

/// The reason why a training step was refused. The parameters are then unchanged.
public enum TrainingError: Error, Equatable, Sendable, CustomStringConvertible {
    case lossNotFinite(Double)
    case gradientNotFinite(ParameterName, loss: Double)
    case gradientNormNotFinite(loss: Double)
    case updateNotFinite(loss: Double)
    case pass(PassError)

    public var description: String {
        switch self {
        case .lossNotFinite(let loss):
            "the loss is \(number: loss); the parameters are unchanged; try a smaller learning rate or clipping"
        case .gradientNotFinite(let name, let loss):
            "∂E/∂\(name) is not finite (loss \(number: loss)): a state or its gradient overflows, perhaps of a sequence whose losses weigh 0; the parameters are unchanged; try a smaller learning rate or clipping"
        case .gradientNormNotFinite(let loss):
            "the norm of the gradient overflows (loss \(number: loss)); the parameters are unchanged; rescale the data or use Double"
        case .updateNotFinite(let loss):
            "the update would overflow the parameters or the optimiser's moments (loss \(number: loss)), which are unchanged; try a smaller learning rate or clipping"
        case .pass(let error):
            error.description
        }
    }
}
