/// The reason why a gradient cannot be written out term by term.
public enum UnfoldedGradientError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The network is not one forward Elman layer with a W_s, numbers as inputs and an output for every step; the
    /// difference in words.
    case network(String)
    /// The objective is not of one sequence with a loss on its last step only.
    case objective
    /// The loss is not one of the squared errors or cross entropies, or weighs values; its name.
    case loss(Loss)
    case pass(PassError)

    public var description: String {
        switch self {
        case .network(let difference):
            "the gradient has such terms for one forward Elman layer with a W_s, numbers as inputs and an output for every step, but \(difference)"
        case .objective:
            "the terms are of one loss E_N: give one sequence with a loss on its last step only"
        case .loss(let loss):
            "the terms are of squared errors, crossEntropy and binaryCrossEntropy without weights of values, not of \(loss.rawValue)"
        case .pass(let error):
            error.description
        }
    }
}

extension NetworkConfiguration {
    /// Φ of the only layer.
    ///
    /// - Throws: `UnfoldedGradientError` if the network's gradient has no terms of the form that `UnfoldedGradient` has.
    func activationOfTerms() throws(UnfoldedGradientError) -> Activation {
        if layers.count > 1 { throw .network("the network has \(layers.count) layers") }
        if isBidirectional { throw .network("the network reads both ways") }
        if !layers[0].isRecurrent { throw .network("the network has no W_s") }
        if embeddingWidth != nil { throw .network("the network embeds tokens") }
        if isPooled { throw .network("the network has one output a sequence") }
        guard let activation = layers[0].cell.activation else {
            throw .network("the network's cell is \(layers[0].cell)")
        }
        return activation
    }
}

extension Objective {
    /// - Throws: `UnfoldedGradientError` unless the only loss is at the last step of one sequence, and of a kind whose
    ///   ∂E/∂y is known.
    func requireLastLossOnly() throws(UnfoldedGradientError) {
        let known: [Loss] = [
            .squaredError, .halfSquaredError, .meanSquaredError, .crossEntropy, .binaryCrossEntropy,
        ]
        guard known.contains(loss), targetWeights == nil else { throw .loss(loss) }
        guard layout.sequences == 1, rowWeights.elements.dropLast().allSatisfy({ $0 == 0 }) else {
            throw .objective
        }
    }
}
