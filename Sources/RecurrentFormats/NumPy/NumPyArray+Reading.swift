import Foundation

extension NumPyArray {
    /// Reads a file, or standard input for "-".
    ///
    /// - Throws: `FileError`.
    public init(contentsOf path: String) throws(FileError) {
        try self.init(try FileError.read(path), path: path)
    }

    /// Reads the bytes of a file; `path` is its name in errors. A size that the file states is compared with the
    /// size of the file before memory is allocated for it. Bytes after the elements are ignored, as NumPy does.
    ///
    /// - Throws: `FileError`.
    public init(_ data: Data, path: String) throws(FileError) {
        let (header, start) = try Self.header(data, path: path)
        let (type, shape) = (header.type, header.shape)
        guard let count = Self.count(shape), count <= (data.count - start) / type.size else {
            throw FileError(
                path: path,
                problem:
                    "\(data.count - start) bytes of elements are too few for shape \(shape) of \(type.size) "
                    + "bytes each; the file is truncated, so save it again")
        }
        let values = type.values(data.bytes.extracting(droppingFirst: start), count: count)
        if type.kind != .float, let index = values.firstIndex(where: \.isNaN) {
            throw FileError(
                path: path,
                problem: "element \(index) of the file, counted from 0, is an integer that no Double holds; "
                    + "save a.astype(numpy.float64) if rounding will do")
        }
        let ordered = header.isFortranOrder ? Self.rowMajor(values, shape) : values
        self.init(shape: shape, values: ordered, path: path)
    }

    /// The header and the index of the first byte of the elements.
    private static func header(_ data: Data, path: String) throws(FileError) -> (NumPyHeader, Int) {
        func problem(_ text: String) -> FileError { FileError(path: path, problem: text) }
        let bytes = data.span
        if data.starts(with: Array("PK".utf8)) {
            throw problem("this is a .npz archive or another ZIP file; save one array with numpy.save")
        }
        guard bytes.count >= 10, data.starts(with: [0x93] + Array("NUMPY".utf8)) else {
            throw problem(
                "this is not a .npy file, which begins with \\x93NUMPY; save the array with numpy.save")
        }
        guard 1...3 ~= bytes[6] else {
            throw problem(
                "version \(bytes[6]).\(bytes[7]) of the format is not known; save the array with numpy.save")
        }
        let start = bytes[6] == 1 ? 10 : 12
        guard bytes.count >= start else { throw problem("the file ends before its header; save it again") }
        let length = (8..<start).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
        guard length <= Tuning.numPyHeaderBytes, length <= bytes.count - start else {
            throw problem(
                "a header of \(length) bytes in a file of \(bytes.count), where at most 10000 are allowed; "
                    + "the file is truncated or damaged, so save it again")
        }
        let text = data.dropFirst(start).prefix(length)
        return (try NumPyHeader(text, path: path), start + length)
    }

    /// Elements whose first index runs fastest, reordered so that the last one does.
    private static func rowMajor(_ values: [Double], _ shape: [Int]) -> [Double] {
        if values.isEmpty { return [] }
        var axes: [Axis] = []
        for size in shape {
            axes.append(Axis(size: size, stride: axes.last.map { $0.size * $0.stride } ?? 1))
        }
        var ordered: [Double] = []
        ordered.reserveCapacity(values.count)
        append(values, from: 0, axes[...], to: &ordered)
        return ordered
    }

    private struct Axis {
        let size: Int
        /// The distance of neighbours along the axis.
        let stride: Int
    }

    private static func append(
        _ values: [Double], from start: Int, _ axes: ArraySlice<Axis>, to ordered: inout [Double]
    ) {
        guard let axis = axes.first else { return ordered.append(values[start]) }
        for index in 0..<axis.size {
            append(values, from: start + index * axis.stride, axes.dropFirst(), to: &ordered)
        }
    }
}
