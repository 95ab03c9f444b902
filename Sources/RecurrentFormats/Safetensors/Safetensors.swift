import Foundation

/// A safetensors file in memory: named tensors of known type and shape, and metadata.
///
///     u64 little-endian N | N bytes of JSON | the tensors' bytes, without gaps
///
/// The format is Hugging Face's. Reading accepts what the reference implementation accepts and
/// rejects what it rejects; any bytes give a value or an error, never a crash.
public struct Safetensors: Sendable, Equatable {
    /// A tensor's type, shape and bytes; row-major, little-endian.
    public struct Tensor: Sendable, Equatable {
        public let name: String
        public let type: ElementType
        public let shape: [Int]
        public let bytes: Data

        /// - Parameters:
        ///   - name: any text but "__metadata__".
        ///   - type: of every element.
        ///   - shape: the dimensions, the slowest first.
        ///   - bytes: the elements, row-major, little-endian.
        /// - Precondition: there are as many bytes as the shape needs.
        public init(name: String, type: ElementType, shape: [Int], bytes: Data) {
            precondition(
                shape.reduce(1, *) * type.bits == bytes.count * 8,
                "tensor '\(name)' has \(bytes.count) bytes, which is not what \(shape) of \(type.rawValue) take"
            )
            (self.name, self.type, self.shape, self.bytes) = (name, type, shape, bytes)
        }
    }

    public enum ElementType: String, Sendable, CaseIterable {
        case bool = "BOOL"
        case u8 = "U8"
        case i8 = "I8"
        case f8e5m2 = "F8_E5M2"
        case f8e4m3 = "F8_E4M3"
        case f8e8m0 = "F8_E8M0"
        case f8e4m3fnuz = "F8_E4M3FNUZ"
        case f8e5m2fnuz = "F8_E5M2FNUZ"
        case i16 = "I16"
        case u16 = "U16"
        case f16 = "F16"
        case bf16 = "BF16"
        case i32 = "I32"
        case u32 = "U32"
        case f32 = "F32"
        case c64 = "C64"
        case f64 = "F64"
        case i64 = "I64"
        case u64 = "U64"
        case f4 = "F4"
        case f6e2m3 = "F6_E2M3"
        case f6e3m2 = "F6_E3M2"

        /// Bits an element takes.
        public var bits: Int {
            switch self {
            case .f4: 4
            case .f6e2m3, .f6e3m2: 6
            case .bool, .u8, .i8, .f8e5m2, .f8e4m3, .f8e8m0, .f8e4m3fnuz, .f8e5m2fnuz: 8
            case .i16, .u16, .f16, .bf16: 16
            case .i32, .u32, .f32: 32
            case .c64, .f64, .i64, .u64: 64
            }
        }
    }

    /// In the order in which they stand in the file.
    public var tensors: [Tensor]
    public var metadata: [String: String]

    public init(tensors: [Tensor], metadata: [String: String] = [:]) {
        self.tensors = tensors
        self.metadata = metadata
    }

    /// The tensor of this name, or nil.
    public subscript(_ name: String) -> Tensor? { tensors.first { $0.name == name } }
}

extension Safetensors.Tensor {
    /// The elements, converted, or nil if the type is neither F32 nor F64.
    public func elements<Number: BinaryFloatingPoint>(as type: Number.Type) -> [Number]? {
        switch self.type {
        case .f32: load(Float.self).map { Number($0) }
        case .f64: load(Double.self).map { Number($0) }
        default: nil
        }
    }

    // Files promise no alignment, so the bytes are copied into memory that has it.
    private func load<Element: BinaryFloatingPoint>(_ type: Element.Type) -> [Element] {
        let count = bytes.count / MemoryLayout<Element>.stride
        return unsafe Array(unsafeUninitializedCapacity: count) { elements, initialized in
            initialized = unsafe bytes.copyBytes(to: elements) / MemoryLayout<Element>.stride
        }
    }
}
