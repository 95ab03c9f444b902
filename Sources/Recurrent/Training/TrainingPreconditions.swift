import RecurrentLinearAlgebra

// Preconditions of training: a value that does not fit is a programmer's error and stops the program
// with a message.

/// - Parameter problem: the first problem of the settings, or nil.
func requireSettings(_ problem: String?) {
    if let problem { unreachable(problem) }
}

func requireStep(_ step: Int) {
    require(step >= 0, "step \(step) is negative")
}

func requireFeedback(_ configuration: NetworkConfiguration, tokens: Bool, _ probability: Double) {
    require(
        configuration.outputWidth == configuration.inputWidth
            && (!tokens || configuration.output == .softmax),
        "a network that feeds on its own output needs outputs of the width of its inputs, and softmax for tokens"
    )
    require(0...1 ~= probability, "a probability of \(number: probability) is not in 0...1")
}
