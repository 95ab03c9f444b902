import Foundation

extension Safetensors {
    /// Reads a file, or standard input for "-".
    ///
    /// - Throws: `FileError` naming the file and, if one is at fault, the tensor.
    public init(contentsOf path: String) throws(FileError) {
        if let problem = Self.folderProblem(path) { throw FileError(path: path, problem: problem) }
        let data = try FileError.read(path)
        do throws(SafetensorsError) {
            try self.init(data)
        } catch {
            throw FileError(path: path, problem: error.description)
        }
    }

    /// nil for a path that is no folder.
    private static func folderProblem(_ path: String) -> String? {
        var isFolder: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
            isFolder.boolValue
        else { return nil }
        let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        guard let file = files.filter({ $0.hasSuffix(".safetensors") }).max() else {
            return "this is a folder, without a .safetensors file; give a file"
        }
        return "this is a folder; give a file, such as \(file) in it"
    }

    /// Reads the bytes of a file. A size that the file states is compared with the size of the file before memory
    /// is allocated for it.
    ///
    /// - Throws: `SafetensorsError`, which names the kind of a file that is another one.
    public init(_ data: Data) throws(SafetensorsError) {
        do throws(SafetensorsError) {
            try self.init(bytes: Data(data))
        } catch {
            // A header that begins as it should is this format's, whatever is wrong with it.
            let hasHeader = data.count > 8 && data[data.startIndex + 8] == UInt8(ascii: "{")
            if !hasHeader, let kind = FileKind(data) { throw .otherFile(kind) }
            throw error
        }
    }

    private init(bytes: Data) throws(SafetensorsError) {
        guard bytes.count >= 8 else { throw .headerTooSmall }
        let length = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= Tuning.safetensorsHeaderBytes else { throw .headerTooLarge(bytes: length) }
        guard length <= UInt64(bytes.count - 8) else {
            throw .headerLength(bytes: length, file: bytes.count)
        }
        let header = try SafetensorsHeader(bytes.dropFirst(8).prefix(Int(length)))
        let buffer = bytes.dropFirst(8 + Int(length))

        var tensors: [Tensor] = []
        var end = 0
        // An empty tensor begins where its neighbour does, and comes first.
        let inOrder = header.tensors.sorted {
            ($0.value.begin, $0.value.end) < ($1.value.begin, $1.value.end)
        }
        for (name, entry) in inOrder {
            let count = try entry.byteCount(name: name)
            guard entry.begin == end else { throw .offsets(tensor: name) }
            guard entry.end - entry.begin == count else {
                throw .size(tensor: name, bytes: entry.end - entry.begin, expected: count)
            }
            guard entry.end <= buffer.count else {
                throw .notCovered(bytes: entry.end, buffer: buffer.count)
            }
            let range = buffer.startIndex + entry.begin..<buffer.startIndex + entry.end
            tensors.append(
                Tensor(name: name, type: entry.type, shape: entry.shape, bytes: Data(buffer[range])))
            end = entry.end
        }
        guard end == buffer.count else { throw .notCovered(bytes: end, buffer: buffer.count) }
        self.init(tensors: tensors, metadata: header.metadata)
    }
}
