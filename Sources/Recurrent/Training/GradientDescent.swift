import LinearAlgebra

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
            "the update would overflow the parameters (loss \(loss)), which are unchanged; try a smaller learning rate"
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

/// Stochastic gradient descent with momentum:
///
///     v ← μ v + g,    θ ← θ − η v
///
/// with g clipped first. Without momentum v is g itself and takes no memory.
public struct GradientDescent<S: Scalar>: Sendable {
    /// η; may be changed between steps.
    public var learningRate: Double {
        didSet { requireLearningRate(S(learningRate)) }
    }
    /// μ
    public let momentum: Double
    public let clipping: Clipping
    private var velocity: Parameters<S>?

    /// - Parameters:
    ///   - learningRate: η.
    ///   - momentum: μ; 0 by default.
    ///   - clipping: none by default.
    /// - Precondition: η is finite and above 0, μ is in 0..<1, a clipping threshold is above 0; all as numbers of `S`.
    public init(learningRate: Double, momentum: Double = 0, clipping: Clipping = .none) {
        requireLearningRate(S(learningRate))
        requireMomentum(momentum)
        requireClipping(clipping, in: S.self)
        self.learningRate = learningRate
        self.momentum = momentum
        self.clipping = clipping
    }

    /// One training step: loss and gradient of a batch, clipping, and the update of the parameters.
    ///
    /// - Parameters:
    ///   - network: changed in place.
    ///   - unfolding: the memory to work in, made for the network's configuration.
    ///   - batch: the sequences.
    ///   - objective: loss and targets, made for this batch.
    ///   - initialState: s_0, B × H; zero by default.
    /// - Returns: the loss, and the gradient's norm before clipping.
    /// - Throws: `TrainingError` if the loss, the gradient, its norm or the updated parameters are not
    ///   finite, or if the batch does not fit into memory; then neither the parameters nor the momentum have changed.
    public mutating func step(
        _ network: inout ElmanNetwork<S>, in unfolding: Unfolding<S>,
        on batch: SequenceBatch<S>, _ objective: Objective<S>, from initialState: Matrix<S>? = nil
    ) throws(TrainingError) -> TrainingReport {
        BLASLibrary.beginSingleThread()
        defer { BLASLibrary.endSingleThread() }
        let loss: Double
        do throws(MemoryError) {
            loss = try unfolding.lossAndGradient(of: network, on: batch, objective, from: initialState)
        } catch {
            throw .memory(error)
        }
        guard loss.isFinite else { throw .lossNotFinite(loss) }
        if let name = unfolding.gradient.firstPartNotFinite {
            throw .gradientNotFinite(name, loss: loss)
        }
        let norm = unfolding.gradient.norm
        guard norm.isFinite else { throw .gradientNormNotFinite(loss: loss) }
        let wasClipped = clipping.apply(to: &unfolding.gradient, norm: norm)
        guard staysFinite(network.parameters, along: unfolding.gradient) else {
            throw .updateNotFinite(loss: loss)
        }
        update(&network.parameters, along: unfolding.gradient)
        return TrainingReport(loss: loss, gradientNorm: Double(norm), wasClipped: wasClipped)
    }

    /// Whether no parameter can overflow: max|θ| + η (μ max|v| + max|g|) bounds every |θ| after the update.
    private func staysFinite(_ parameters: Parameters<S>, along gradient: Parameters<S>) -> Bool {
        let v = S(momentum) * (velocity?.largestMagnitude ?? 0) + gradient.largestMagnitude
        return (parameters.largestMagnitude + S(learningRate) * v).isFinite
    }

    /// v ← μ v + g, θ ← θ − η v.
    ///
    /// - Precondition: gradient and parameters belong to one layout.
    public mutating func update(_ parameters: inout Parameters<S>, along gradient: Parameters<S>) {
        requireSameLayout(parameters.layout, gradient.layout)
        let step = -S(learningRate)
        guard momentum > 0 else {
            return axpy(step, gradient.vector, into: parameters.mutableVector)
        }
        var v = velocity.take() ?? Parameters(layout: gradient.layout)
        v.mutableVector.scale(by: S(momentum))
        axpy(1, gradient.vector, into: v.mutableVector)
        axpy(step, v.vector, into: parameters.mutableVector)
        velocity = v
    }
}
