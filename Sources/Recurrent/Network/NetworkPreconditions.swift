import RecurrentLinearAlgebra

// Preconditions of networks and their parameters: a value that does not fit is a programmer's error and stops the
// program with a message.

func requireWidths(_ input: Int, _ state: Int, _ output: Int) {
    require(
        input > 0 && state > 0 && output > 0,
        "a network needs widths of at least 1, not I = \(input), H = \(state), O = \(output)")
}

/// The largest width: the product of two, and some such products, fit into an `Int`.
private let largestWidth = 1 << 28

func requireWidth(_ width: Int, _ what: StaticString) {
    require(
        1...largestWidth ~= width, "\(what) must be at least 1 and at most \(largestWidth), not \(width)")
}

func requireLayers(_ count: Int) {
    require(count >= 1, "a network needs at least one recurrent layer, not \(count)")
}

func requireDropout(_ probability: Double) {
    require(
        probability >= 0 && probability < 1,
        "a dropout of \(number: probability) is not in 0..<1; at 1 nothing would be left")
}

func requireScale(_ scale: Double) {
    require(scale > 0 && scale.isFinite, "a scale of \(number: scale) is not above 0 and finite")
}

func requireFinite(_ value: Double, _ what: StaticString) {
    require(value.isFinite, "\(what) of \(number: value) is not finite")
}

func requireConnections(_ connections: Int, of width: Int) {
    require(
        1...width ~= connections, "\(connections) connections a unit are not in 1...\(width), H")
}

func requireLayout(_ layout: ParameterLayout, of configuration: NetworkConfiguration) {
    require(
        layout == ParameterLayout(configuration), "the parameters belong to another configuration")
}

func requireSameLayout(_ left: ParameterLayout, _ right: ParameterLayout) {
    require(left == right, "gradients and parameters belong to networks of different layout")
}

func requireSequences(_ sequences: Int) {
    require(sequences >= 1, "there must be at least one sequence, not \(sequences)")
}
