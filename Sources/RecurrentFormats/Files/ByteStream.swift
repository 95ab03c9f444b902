import Foundation

/// The bytes of a file, read once from beginning to end, piece by piece; or bytes in memory, read the same way.
///
/// The path "-" is standard input. Pipes and devices have no known size. A file that yields fewer bytes than it
/// had when it was opened is an error.
struct ByteStream: ~Copyable {
    let path: String
    /// Negative for bytes in memory.
    private let file: Int32
    private let memory: [UInt8]
    /// The size when the file was opened; nil if it is not known.
    private let size: Int?
    private(set) var offset = 0

    /// - Throws: `FileError` if there is no such file, it is a folder, or it may not be read.
    init(_ path: String) throws(FileError) {
        self.path = path == "-" ? "standard input" : path
        memory = []
        // For the system a path ends at NUL, so it would open another file.
        if path.utf8.contains(0) {
            throw FileError(path: path, problem: "there is no such file; check the path")
        }
        let file = path == "-" ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Self.openingFailed(path) }
        var status = stat()
        let isKnown = unsafe fstat(file, &status) == 0
        guard !isKnown || status.st_mode & S_IFMT != S_IFDIR else {
            close(file)
            throw FileError(path: path, problem: "this is a folder; give a file")
        }
        self.file = file
        // Standard input may have been read from already.
        let isPlain = isKnown && status.st_mode & S_IFMT == S_IFREG && file != STDIN_FILENO
        size = isPlain ? Int(clamping: status.st_size) : nil
    }

    /// Bytes in memory; `path` is their name in errors.
    init(_ bytes: [UInt8], path: String) {
        self.path = path
        (memory, file, size) = (bytes, -1, nil)
    }

    deinit { if file > STDIN_FILENO { close(file) } }

    /// Reads the bytes that are available to the beginning of a buffer and returns their number, 0 at the end.
    ///
    /// - Precondition: the buffer is not empty.
    /// - Throws: `FileError` if the system refuses, or if the file has been truncated.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        let count = file < 0 ? unsafe copyMemory(into: buffer) : unsafe try readFile(into: buffer)
        if let size, count == 0, offset < size {
            throw FileError(
                path: path,
                problem:
                    "the file became shorter while it was read: \(offset) of \(size) bytes; read it again")
        }
        offset += count
        return count
    }

    /// Reads to an array from `position` on, likewise.
    mutating func read(into bytes: inout [UInt8], from position: Int) throws(FileError) -> Int {
        unsafe try bytes.withUnsafeMutableBufferPointer { (all) throws(FileError) in
            unsafe try read(
                into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: all[position...])))
        }
    }

    /// All bytes that have not been read yet. Memory grows with the bytes read, not with a size that is only
    /// stated.
    ///
    /// - Throws: as `read(into:)`.
    mutating func rest() throws(FileError) -> Data {
        var rest = Data()
        var piece = [UInt8](repeating: 0, count: Tuning.readSize)
        while true {
            let count = try read(into: &piece, from: 0)
            if count == 0 { return rest }
            rest.append(contentsOf: piece[..<count])
        }
    }

    private func copyMemory(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let rest = memory[offset...].prefix(buffer.count)
        unsafe buffer.copyBytes(from: rest)
        return rest.count
    }

    private func readFile(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        while true {
            let count = unsafe Foundation.read(file, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR else {
                let reason = unsafe String(cString: strerror(errno))
                throw FileError(path: path, problem: "reading failed after \(offset) bytes: \(reason)")
            }
        }
    }

    private static func openingFailed(_ path: String) -> FileError {
        switch errno {
        case ENOENT, ENOTDIR: FileError(path: path, problem: "there is no such file; check the path")
        case EACCES, EPERM: FileError(path: path, problem: "the file cannot be read; check its permissions")
        default:
            FileError(
                path: path, problem: "the file cannot be opened: \(unsafe String(cString: strerror(errno)))")
        }
    }
}
