import ArgumentParser
import Foundation
import Recurrent

extension Activation: ExpressibleByArgument {}
extension OutputFunction: ExpressibleByArgument {}
extension Loss: ExpressibleByArgument {}

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
    /// Why a network cannot be explained, and what to do; nil if it can.
    var obstacleToExplaining: String? {
        if layers.count > 1 {
            return
                "the network has \(layers.count) layers; the terms are those of one layer, so give a network of one"
        }
        if layers[0].directions != .forward {
            return "the network reads both ways; give one that reads forwards"
        }
        if !layers[0].isRecurrent { return "the network has no W_s, so no step reaches back to another" }
        if embeddingWidth != nil { return "the network embeds tokens; give one that reads numbers" }
        if readOut == .meanOverSteps {
            return
                "the network's output is of the mean of its states; give one with an output for each step or the last"
        }
        let limit = ExplainInput.widthLimit
        let widths = [("inputs", inputWidth), ("states", stateWidth), ("outputs", outputWidth)]
        return widths.first { $0.1 > limit }.map { what, width in
            "the network has \(width) \(what), more than the \(limit) whose numbers can be read; give a smaller one"
        }
    }
}

extension RecurrentNetwork {
    /// The same network with an output for every step. One whose output is of the last step has the same E_N.
    var readOutAtEveryStep: RecurrentNetwork {
        let old = configuration
        let new = NetworkConfiguration(
            inputWidth: old.inputWidth, layers: old.layers, outputWidth: old.outputWidth, output: old.output,
            outputBias: old.hasOutputBias, learnsInitialState: old.learnsInitialState)
        return RecurrentNetwork(new, parameters: parameters)
    }
}

/// Numbers as people type them.
enum NumberList {
    /// "0.5,1; -1,0.3" as two steps of two values.
    static func steps(_ text: String, option: String) throws -> [[Double]] {
        try text.split(separator: ";", omittingEmptySubsequences: false).enumerated().map { step, part in
            try values(String(part), option: "step \(step + 1) of \(option)")
        }
    }

    static func values(_ text: String, option: String) throws -> [Double] {
        try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            let field = part.trimmingCharacters(in: .whitespaces)
            // Swift would read hexadecimal too.
            guard field.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let value = Double(field),
                value.isFinite
            else {
                throw CommandFailure(
                    "\(option): '\(field)' is not a finite number; separate numbers by commas and steps by semicolons"
                )
            }
            return value
        }
    }
}
