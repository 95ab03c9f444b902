import Foundation

/// The folder in which a training keeps its last few checkpoints, each with a checksum and written whole or not at all.
/// Only one process at a time may hold it; the lock ends with the process.
public final class CheckpointFolder: @unchecked Sendable {
    // Unchecked: all stored properties are constants, and the lock's file descriptor is only closed in deinit.
    public let path: String
    /// The number of checkpoints that are kept.
    public let keep: Int
    private let lock: Int32
    /// The attempts to lock the folder, 10 ms apart: a process that is just ending, or a child that is just being
    /// started, may still hold it for a moment.
    private static let lockAttempts = 50

    /// Opens a folder, and creates it if it does not exist.
    ///
    /// - Parameters:
    ///   - path: the folder.
    ///   - keep: the number of checkpoints that are kept; 3 by default.
    /// - Throws: `FileError` if it cannot be created or written to, or if another process has it open.
    /// - Precondition: `keep` is at least 1.
    public init(_ path: String, keep: Int = 3) throws(FileError) {
        precondition(keep >= 1, "at least one checkpoint must be kept, not \(keep)")
        self.path = path
        self.keep = keep
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
        } catch {
            throw FileError(
                path: path, problem: "the folder cannot be created; check the path and its permissions")
        }
        lock = unsafe open("\(path)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard lock >= 0 else {
            throw FileError(path: path, problem: "the folder cannot be written to; check its permissions")
        }
        var attempts = 0
        while flock(lock, LOCK_EX | LOCK_NB) != 0, attempts < Self.lockAttempts {
            usleep(10_000)
            attempts += 1
        }
        guard attempts < Self.lockAttempts else {
            close(lock)
            throw FileError(
                path: path,
                problem: "another process trains into this folder; wait for it, or give another folder")
        }
    }

    deinit { close(lock) }

    /// Writes the checkpoint of a step, and removes the oldest ones beyond `keep`.
    ///
    /// - Returns: its path.
    /// - Throws: `FileError`; the earlier checkpoints are intact.
    func write(_ checkpoint: Safetensors, step: Int) throws(FileError) -> String {
        var checkpoint = checkpoint
        checkpoint.metadata[Safetensors.checksumKey] = checkpoint.checksum
        let number = String(step)
        let name = "checkpoint-" + String(repeating: "0", count: max(0, 12 - number.count)) + number
        let file = "\(path)/\(name).safetensors"
        try checkpoint.write(to: file)
        for old in files.dropFirst(keep) { try? FileManager.default.removeItem(atPath: old) }
        return file
    }

    /// The newest intact checkpoint, and the errors of newer ones that are damaged.
    var latest: (checkpoint: Safetensors?, path: String?, damaged: [FileError]) {
        var damaged: [FileError] = []
        for file in files {
            do throws(FileError) {
                let checkpoint = try Safetensors(contentsOf: file)
                guard checkpoint.metadata[Safetensors.checksumKey] == checkpoint.checksum else {
                    throw FileError(
                        path: file, problem: "the checkpoint is damaged: its checksum does not match")
                }
                return (checkpoint, file, damaged)
            } catch {
                damaged.append(error)
            }
        }
        return (nil, nil, damaged)
    }

    /// The checkpoints' paths, the newest first.
    private var files: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasPrefix("checkpoint-") && $0.hasSuffix(".safetensors") }
            .sorted(by: >).map { "\(path)/\($0)" }
    }
}
