import Foundation

/// Writes a file so that no reader ever sees half of it: under a temporary name beside its own, synced, renamed,
/// and the folder synced. If anything fails, the previous file is untouched and the temporary one is removed.
public enum DurableFile {
    /// Checks before the work that a file can be written at its end: that the folder exists and is writable, and
    /// that the path names neither a folder nor a device.
    ///
    /// - Throws: `FileError` naming the obstacle.
    public static func check(_ path: String) throws(FileError) {
        if path.isEmpty { throw FileError(path: "''", problem: "an empty path; give a file") }
        let url = URL(fileURLWithPath: path)
        let type = try? FileManager.default.attributesOfItem(atPath: url.path)[.type] as? FileAttributeType
        if let type, type != .typeRegular, type != .typeSymbolicLink {
            throw FileError(path: path, problem: "this is a folder or a device; give a file")
        }
        let folder = url.deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw FileError(path: path, problem: "the folder \(folder) is missing or cannot be written to")
        }
    }

    /// Writes a file, or replaces it.
    ///
    /// - Throws: `FileError` naming the step that failed.
    public static func write(_ data: Data, to path: String) throws(FileError) {
        try check(path)
        let url = URL(fileURLWithPath: path)
        let folder = url.deletingLastPathComponent().path
        let temporary = "\(folder)/.\(url.lastPathComponent).\(UUID().uuidString)"
        do throws(FileError) {
            try writeAndSync(data, to: temporary, finally: path)
            guard unsafe rename(temporary, url.path) == 0 else { throw failure(path, "renamed into place") }
        } catch {
            unsafe unlink(temporary)
            throw error
        }
        syncFolder(folder)
    }

    private static func writeAndSync(
        _ data: Data, to temporary: String, finally path: String
    ) throws(FileError) {
        let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0o644)
        guard file >= 0 else { throw failure(path, "created") }
        defer { close(file) }
        var written = 0
        while written < data.count {
            let count = unsafe data.withUnsafeBytes { bytes in
                unsafe Foundation.write(file, bytes.baseAddress! + written, data.count - written)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure(path, "written") }
            written += count
        }
        guard fsync(file) == 0 else { throw failure(path, "synced to the disk") }
    }

    /// Makes the new name durable. Some file systems refuse to sync a folder; the file is complete nevertheless.
    private static func syncFolder(_ folder: String) {
        let handle = unsafe open(folder, O_RDONLY)
        guard handle >= 0 else { return }
        fsync(handle)
        close(handle)
    }

    private static func failure(_ path: String, _ action: String) -> FileError {
        let reason = unsafe String(cString: strerror(errno))
        return FileError(path: path, problem: "the file could not be \(action): \(reason)")
    }
}
