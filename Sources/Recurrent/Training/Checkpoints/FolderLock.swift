import Foundation
import Synchronization

/// An exclusive lock on a folder, through the file `lock` in it. It ends with this object, or with the process.
final class FolderLock: Sendable {
    /// A file, under whatever path.
    private struct Inode: Hashable {
        let device: UInt64
        let number: UInt64
    }

    /// The lock files that objects of this process hold.
    private static let held = Mutex<Set<Inode>>([])
    /// The attempts to lock the folder, 10 ms apart: a process that is just ending, or a child that is just being
    /// started, may still hold it for a moment.
    private static let attempts = 50

    private let file: Int32
    private let inode: Inode

    /// - Throws: `FileError` if the folder cannot be written to, or if this or another process holds it.
    init(_ folder: String) throws(FileError) {
        let file = unsafe open("\(folder)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        var status = stat()
        guard file >= 0, unsafe fstat(file, &status) == 0 else {
            throw FileError(path: folder, problem: "the folder cannot be written to; check its permissions")
        }
        let inode = Inode(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
        if let problem = Self.lock(file, inode) {
            close(file)
            throw FileError(path: folder, problem: problem)
        }
        (self.file, self.inode) = (file, inode)
    }

    /// Locks a file; returns the obstacle, or nil.
    private static func lock(_ file: Int32, _ inode: Inode) -> String? {
        guard held.withLock({ $0.insert(inode).inserted }) else {
            return
                "this process has the folder open already, as another CheckpointFolder; use that one, or close() it first"
        }
        for attempt in 1...attempts {
            if flock(file, LOCK_EX | LOCK_NB) == 0 { return nil }
            if attempt < attempts { usleep(10_000) }
        }
        held.withLock { _ = $0.remove(inode) }
        return "another process trains into this folder; wait for it, or give another folder"
    }

    deinit {
        Self.held.withLock { _ = $0.remove(inode) }
        close(file)
    }
}
