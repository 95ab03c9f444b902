/// The reason why bytes are not a safetensors file. The limits are those of the reference implementation.
public enum SafetensorsError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A file of another kind, or none.
    case otherFile(FileKind)
    case headerTooSmall
    case headerTooLarge(bytes: UInt64)
    case headerLength(bytes: UInt64, file: Int)
    case notUTF8
    case notJSON(String)
    case unknownType(tensor: String, type: String)
    case shape(tensor: String)
    case overflow(tensor: String)
    case offsets(tensor: String)
    case size(tensor: String, bytes: Int, expected: Int)
    case notCovered(bytes: Int, buffer: Int)

    public var description: String {
        switch self {
        case .otherFile(let kind):
            "not a safetensors file but \(kind)"
        case .headerTooSmall:
            "not a safetensors file: shorter than its 8-byte header length"
        case .headerTooLarge(let bytes):
            "not a safetensors file: a header of \(bytes) bytes, more than the 100,000,000 allowed"
        case .headerLength(let bytes, let file):
            "truncated or not a safetensors file: a header of \(bytes) bytes in a file of \(file); download or write it again"
        case .notUTF8:
            "not a safetensors file: the header is not UTF-8"
        case .notJSON(let reason):
            "not a safetensors file: the header is not the expected JSON: \(reason)"
        case .unknownType(let tensor, let type):
            "tensor '\(tensor)' has the unknown type '\(type)'"
        case .shape(let tensor):
            "tensor '\(tensor)' has a negative dimension"
        case .overflow(let tensor):
            "tensor '\(tensor)' has a shape whose size overflows"
        case .offsets(let tensor):
            "tensor '\(tensor)' has data offsets that leave a gap, overlap or run backwards"
        case .size(let tensor, let bytes, let expected):
            "tensor '\(tensor)' has \(bytes) bytes where its shape and type take \(expected)"
        case .notCovered(let bytes, let buffer):
            "truncated or damaged: the tensors cover \(bytes) bytes of a buffer of \(buffer); download or write it again"
        }
    }
}
