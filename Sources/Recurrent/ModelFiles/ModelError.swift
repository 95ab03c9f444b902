/// The first reason why tensors are not a network.
public enum ModelError: Error, Equatable, Sendable, CustomStringConvertible {
    case missing(tensor: String, present: [String])
    /// Tensors that the network does not have, beside those that it has.
    case leftOver(tensors: [String], known: [String])
    case shape(tensor: String, found: [Int], expected: String)
    case type(tensor: String, type: String)
    case notFinite(tensor: String, index: Int)
    case metadata(key: String, found: String?, expected: String)
    /// A tensor of something that no network here has.
    case unsupported(tensor: String, reason: String)
    /// An activation was assumed for a network of other cells.
    case noActivation(cell: String)
    /// A checkpoint, which holds more than a network.
    case checkpoint
    /// Several names fit a part; an argument of `ModelParts` tells which one it is.
    case ambiguous(part: String, candidates: [String], argument: String)

    public var description: String {
        switch self {
        case .missing(let tensor, let present):
            "tensor '\(tensor)' is missing; there are \(listed(present)); ModelParts names parts of other names"
        case .leftOver(let tensors, let known):
            "tensors that the network does not have: \(listed(tensors)); it has \(listed(known)); remove the others, or say ModelParts(ignoresOthers: true) for those of other parts"
        case .shape(let tensor, let found, let expected):
            "tensor '\(tensor)' has the shape \(found), expected \(expected)"
        case .type(let tensor, let type):
            "tensor '\(tensor)' has the type \(type); convert it to F16, BF16, F32 or F64"
        case .notFinite(let tensor, let index):
            "tensor '\(tensor)' has NaN or an infinity at element \(index)"
        case .metadata(let key, let found, let expected):
            found.map { "metadata '\(key)' is '\($0)', expected \(expected)" }
                ?? "metadata '\(key)' is missing, expected \(expected); or say what to assume"
        case .unsupported(let tensor, let reason):
            "tensor '\(tensor)' \(reason)"
        case .noActivation(let cell):
            "the layers are \(cell), by the shapes of their weights, and have no activation to choose; leave out activation:, or give a file of an Elman network (torch.nn.RNN)"
        case .checkpoint:
            "this is a checkpoint, which holds the state of a training beside the network; read it with RecurrentNetwork(checkpoint:)"
        case .ambiguous(let part, let candidates, let argument):
            "the \(part) may be \(listed(candidates.map { "'\($0)'" })); say which with ModelParts(\(argument):)"
        }
    }
}

/// The first dozen of names, and the number of the others.
private func listed(_ names: [String]) -> String {
    if names.isEmpty { return "none" }
    let others = names.count - 12
    return names.prefix(12).joined(separator: ", ") + (others > 0 ? " and \(others) others" : "")
}
