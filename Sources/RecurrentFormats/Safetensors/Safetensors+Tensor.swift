import Foundation

extension Safetensors {
    /// A tensor's type, shape and bytes; row-major, little-endian.
    public struct Tensor: Sendable, Equatable {
        public let name: String
        public let type: ElementType
        /// The dimensions, the slowest first; empty for a single number.
        public let shape: [Int]
        public let bytes: Data

        /// - Parameters:
        ///   - name: any text but "__metadata__".
        ///   - type: of every element.
        ///   - shape: the dimensions, the slowest first.
        ///   - bytes: the elements, row-major, little-endian.
        /// - Precondition: the number of bytes fits shape and type.
        public init(name: String, type: ElementType, shape: [Int], bytes: Data) {
            require(
                shape.reduce(1, *) * type.bits == bytes.count * 8,
                "tensor '\(name)' has \(bytes.count) bytes, which is not what \(shape) of \(type.rawValue) take"
            )
            (self.name, self.type, self.shape, self.bytes) = (name, type, shape, bytes)
        }
    }
}

extension Safetensors.Tensor {
    /// The elements, or nil if the type is none of F16, BF16, F32 and F64. A wider type takes them exactly;
    /// of F64 a narrower one has the nearest.
    public func elements<Number: BinaryFloatingPoint>(as type: Number.Type) -> [Number]? {
        switch self.type {
        case .f16: load(UInt16.self).map { Number(Double(half: $0)) }
        case .bf16: load(UInt16.self).map { Number(Float(bitPattern: UInt32($0) << 16)) }
        case .f32: load(Float.self).map { Number($0) }
        case .f64: load(Double.self).map { Number($0) }
        default: nil
        }
    }

    // Files guarantee no alignment, so the bytes are copied to aligned memory.
    private func load<Element: BitwiseCopyable>(_ type: Element.Type) -> [Element] {
        let count = bytes.count / MemoryLayout<Element>.stride
        return unsafe Array(unsafeUninitializedCapacity: count) { elements, initialized in
            initialized = unsafe bytes.copyBytes(to: elements) / MemoryLayout<Element>.stride
        }
    }
}
