import Foundation

extension NumPyArray {
    /// The type in which ``write(to:as:)`` stores values.
    public enum FloatType: Sendable {
        case float64, float32
    }

    /// Writes the file whole or not at all, as `numpy.save` does: version 1, little-endian, row-major.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - type: `.float32` rounds to the nearest.
    /// - Throws: `FileError` if the file cannot be written, or naming a finite value that `.float32` cannot hold.
    public func write(to path: String, as type: FloatType = .float64) throws(FileError) {
        if type == .float32,
            let index = values.firstIndex(where: { $0.isFinite && !Float($0).isFinite })
        {
            throw FileError(
                path: path,
                problem: "value \(index), \(values[index]), is too large for float32; write float64")
        }
        try DurableFile.write(data(as: type), to: path)
    }

    /// The file's bytes.
    private func data(as type: FloatType) -> Data {
        let descr = type == .float32 ? "<f4" : "<f8"
        let tuple = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
        var header = "{'descr': '\(descr)', 'fortran_order': False, 'shape': (\(tuple)), }"
        // The elements begin at a multiple of 64, after 10 bytes, the header and a line end.
        header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"

        var data = Data([0x93] + Array("NUMPY".utf8) + [1, 0])
        data.append(UInt8(header.utf8.count & 255))
        data.append(UInt8(header.utf8.count >> 8))
        data.append(contentsOf: header.utf8)
        switch type {
        case .float32: data.append(values.map { Float($0).bitPattern.littleEndian })
        case .float64: data.append(values.map { $0.bitPattern.littleEndian })
        }
        return data
    }
}

extension Data {
    fileprivate mutating func append(_ words: [some FixedWidthInteger & BitwiseCopyable]) {
        unsafe words.withUnsafeBytes { unsafe append(contentsOf: $0) }
    }
}
