/// The first reason why tensors are not a network.
public enum ModelError: Error, Equatable, Sendable, CustomStringConvertible {
    case missing(tensor: String)
    case leftOver(tensors: [String])
    case shape(tensor: String, found: [Int], expected: String)
    case type(tensor: String, type: String)
    case notFinite(tensor: String, index: Int)
    case metadata(key: String, found: String?, expected: String)

    public var description: String {
        switch self {
        case .missing(let tensor):
            "tensor '\(tensor)' is missing"
        case .leftOver(let tensors):
            "tensors that the network does not have: \(tensors.joined(separator: ", "))"
        case .shape(let tensor, let found, let expected):
            "tensor '\(tensor)' has the shape \(found), expected \(expected)"
        case .type(let tensor, let type):
            "tensor '\(tensor)' has the type \(type); convert it to F32 or F64"
        case .notFinite(let tensor, let index):
            "tensor '\(tensor)' has NaN or an infinity at element \(index)"
        case .metadata(let key, let found, let expected):
            found.map { "metadata '\(key)' is '\($0)', expected \(expected)" }
                ?? "metadata '\(key)' is missing, expected \(expected); or say what to assume"
        }
    }
}
