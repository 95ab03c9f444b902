import Foundation

/// A safetensors file in memory: named tensors with their types and shapes, and metadata.
///
///     u64 little-endian N | N bytes of JSON | the tensors' bytes, without gaps
///
/// The format is Hugging Face's. Exactly those files are read that the reference implementation reads; any bytes
/// give a value or an error, never a crash.
public struct Safetensors: Sendable, Equatable {
    /// In the order of the file.
    public var tensors: [Tensor]
    /// Any texts by key, `__metadata__` in the file.
    public var metadata: [String: String]

    public init(tensors: [Tensor], metadata: [String: String] = [:]) {
        self.tensors = tensors
        self.metadata = metadata
    }

    /// The tensor of this name, or nil.
    public subscript(_ name: String) -> Tensor? { tensors.first { $0.name == name } }
}
