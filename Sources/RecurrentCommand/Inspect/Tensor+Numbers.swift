import Recurrent

extension Safetensors.Tensor {
    /// The elements as numbers, or nil if they are complex or floating point of at most 8 bits. Integers beyond 2⁵³
    /// are rounded.
    var numbers: [Double]? {
        switch type {
        case .f32, .f64: elements(as: Double.self)
        case .f16: words(UInt16.self).map { Double(Float16(bitPattern: $0)) }
        case .bf16: words(UInt16.self).map { Double(Float(bitPattern: UInt32($0) << 16)) }
        case .bool, .u8: words(UInt8.self).map { Double($0) }
        case .u16: words(UInt16.self).map { Double($0) }
        case .u32: words(UInt32.self).map { Double($0) }
        case .u64: words(UInt64.self).map { Double($0) }
        case .i8: words(Int8.self).map { Double($0) }
        case .i16: words(Int16.self).map { Double($0) }
        case .i32: words(Int32.self).map { Double($0) }
        case .i64: words(Int64.self).map { Double($0) }
        case .c64, .f8e5m2, .f8e4m3, .f8e8m0, .f8e4m3fnuz, .f8e5m2fnuz, .f4, .f6e2m3, .f6e3m2: nil
        }
    }

    /// The shape in words: "64 × 12".
    var shapeText: String { shape.isEmpty ? "scalar" : shape.map(String.init).joined(separator: " × ") }

    /// The elements as little-endian integers of one size.
    private func words<Word: FixedWidthInteger>(_ type: Word.Type) -> [Word] {
        let (bytes, size) = ([UInt8](bytes), Word.bitWidth / 8)
        return stride(from: 0, to: bytes.count, by: size).map { start in
            (0..<size).reduce(0) { $0 | Word(truncatingIfNeeded: bytes[start + $1]) << (8 * $1) }
        }
    }
}
