// Preconditions of networks and their parameters: a value that does not fit is a programmer's error and stops the
// program, in debug builds with a message.

func requireWidths(_ input: Int, _ state: Int, _ output: Int) {
    precondition(
        input > 0 && state > 0 && output > 0,
        "a network needs widths of at least 1, not I = \(input), H = \(state), O = \(output)")
}

func requireWidth(_ width: Int, _ what: StaticString) {
    precondition(width >= 1, "\(what) must be at least 1, not \(width)")
}

func requireLayers(_ count: Int) {
    precondition(count >= 1, "a network needs at least one recurrent layer, not \(count)")
}

func requireDropout(_ probability: Double) {
    precondition(
        probability >= 0 && probability < 1,
        "a dropout of \(probability) is not in 0..<1; at 1 nothing would be left")
}

func requireScale(_ scale: Double) {
    precondition(scale > 0 && scale.isFinite, "a scale of \(scale) is not above 0 and finite")
}

func requireConnections(_ connections: Int, of width: Int) {
    precondition(
        1...width ~= connections, "\(connections) connections a unit are not in 1...\(width), H")
}

func requireLayout(_ layout: ParameterLayout, of configuration: NetworkConfiguration) {
    precondition(
        layout == ParameterLayout(configuration), "the parameters belong to another configuration")
}

func requireSameLayout(_ left: ParameterLayout, _ right: ParameterLayout) {
    precondition(left == right, "gradients and parameters belong to networks of different layout")
}

func requireSequences(_ sequences: Int) {
    precondition(sequences >= 1, "there must be at least one sequence, not \(sequences)")
}
