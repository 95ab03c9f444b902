import Foundation

extension Safetensors {
    /// The bytes of the file in the layout of the reference implementation: wide types first, then by name; the
    /// header padded to a multiple of 8.
    ///
    /// - Precondition: names are distinct, and none is "__metadata__".
    public var data: Data {
        requireDistinctNames(tensors.map(\.name))
        let ordered = tensors.sorted { ($1.type.bits, $0.name) < ($0.type.bits, $1.name) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        func json<Value: Encodable>(_ value: Value) -> String {
            guard let data = try? encoder.encode(value) else {
                fatalError("texts can always be written as JSON")
            }
            return String(decoding: data, as: UTF8.self)
        }
        var entries: [String] = []
        if !metadata.isEmpty { entries.append("\"__metadata__\":\(json(metadata))") }
        var offset = 0
        for tensor in ordered {
            let end = offset + tensor.bytes.count
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            entries.append(
                "\(json(tensor.name)):{\"dtype\":\"\(tensor.type.rawValue)\",\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]}"
            )
            offset = end
        }
        var header = Data("{\(entries.joined(separator: ","))}".utf8)
        header.append(contentsOf: repeatElement(0x20, count: (8 - header.count % 8) % 8))

        var data = Data()
        for shift in 0..<8 { data.append(UInt8(truncatingIfNeeded: header.count >> (8 * shift))) }
        data.append(header)
        for tensor in ordered { data.append(tensor.bytes) }
        return data
    }

    /// Writes the file whole or not at all.
    ///
    /// - Throws: `FileError`.
    public func write(to path: String) throws(FileError) {
        try DurableFile.write(data, to: path)
    }
}

private func requireDistinctNames(_ names: [String]) {
    require(
        Set(names).count == names.count && !names.contains("__metadata__"),
        "tensor names are not distinct: \(names)")
}
