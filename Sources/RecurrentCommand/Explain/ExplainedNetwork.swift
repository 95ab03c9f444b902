import ArgumentParser
import Foundation
import Recurrent

extension Activation: ExpressibleByArgument {}
extension OutputFunction: ExpressibleByArgument {}

/// The losses whose gradient can be written out term by term.
extension Loss: ExpressibleByArgument {
    private static let explained: [Loss] = [
        .squaredError, .halfSquaredError, .meanSquaredError, .crossEntropy, .binaryCrossEntropy,
    ]

    public static var allValueStrings: [String] { explained.map(\.rawValue) }

    public init?(argument: String) {
        guard let loss = Self.explained.first(where: { $0.rawValue == argument }) else { return nil }
        self = loss
    }
}

extension OutputFunction {
    /// The loss whose gradient by a_t is y_t − d_t.
    var usualLoss: Loss {
        switch self {
        case .linear: .halfSquaredError
        case .softmax: .crossEntropy
        case .sigmoid: .binaryCrossEntropy
        }
    }
}

extension NetworkConfiguration {
    /// The reason why the network cannot be explained, and what to do, or nil if it can.
    var obstacleToExplaining: String? {
        if let gated = layers.first(where: { $0.cell.kind.isGated }) {
            return
                "the network has \(gated.cell.words) cells; the terms are those of Elman cells, whose state is Φ(z_t), so give a network with such cells (rnn train … --cell elman)"
        }
        if layers.count > 1 {
            return
                "the network has \(layers.count) layers; the terms are those of a single layer, so give a network with one"
        }
        if layers[0].directions != .forward {
            return "the network reads both ways; give one that reads forwards"
        }
        if !layers[0].isRecurrent { return "the network has no W_s, so no step reaches back to another" }
        if embeddingWidth != nil { return "the network embeds tokens; give one that reads numbers" }
        if readOut == .meanOverSteps {
            return
                "the network's output is computed from the mean of its states; give one with an output for each step or the last"
        }
        let limit = ExplainInput.widthLimit
        let widths = [("inputs", inputWidth), ("states", stateWidth), ("outputs", outputWidth)]
        return widths.first { $0.1 > limit }.map { what, width in
            "the network has \(width) \(what), more than the \(limit) whose numbers can be read; give a smaller one"
        }
    }
}

extension RecurrentNetwork {
    /// The same network with an output for every step. E_N is the same for a network that reads out the last step.
    var readOutAtEveryStep: RecurrentNetwork {
        let old = configuration
        let new = NetworkConfiguration(
            inputWidth: old.inputWidth, layers: old.layers, outputWidth: old.outputWidth, output: old.output,
            outputBias: old.hasOutputBias, learnsInitialState: old.learnsInitialState)
        return RecurrentNetwork(new, parameters: parameters)
    }
}
