import RecurrentLinearAlgebra

import Foundation
import Synchronization

/// The folder in which a training keeps its last few checkpoints, each with a checksum and written whole or not at all.
///
/// It holds the checkpoints of one run. A trainer that is to begin a new one is refused by a folder that has any, until
/// they are removed; one that is to go on with the run calls `resume`.
///
/// One object of one process at a time has the folder open, until it is closed or released, at the latest when the
/// process ends.
public final class CheckpointFolder: Sendable {
    public let path: String
    /// The number of checkpoints that are kept.
    public let keep: Int
    /// nil after `close`.
    private let lock: Mutex<FolderLock?>

    /// Opens a folder, and creates it if it does not exist.
    ///
    /// - Parameters:
    ///   - path: the folder.
    ///   - keep: the number of checkpoints that are kept; 3 by default.
    /// - Throws: `FileError` if it cannot be created or written to, or if it is open elsewhere in this process or in
    ///   another one.
    /// - Precondition: `keep` is at least 1.
    public init(_ path: String, keep: Int = 3) throws(FileError) {
        require(keep >= 1, "at least one checkpoint must be kept, not \(keep)")
        self.path = path
        self.keep = keep
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
        } catch {
            let isFile = FileManager.default.fileExists(atPath: path)
            throw FileError(
                path: path,
                problem: isFile
                    ? "this is a file; give a folder for checkpoints"
                    : "the folder cannot be created; check the path and its permissions")
        }
        lock = Mutex(try FolderLock(path))
    }

    /// Lets go of the folder: it may be opened again, here or by another process, and a trainer that still has this
    /// object can write no further checkpoint. Closing twice does no harm.
    public func close() { lock.withLock { $0 = nil } }

    /// Removes all checkpoints, of whatever run, so that a new one can begin here. Other files stay.
    ///
    /// - Throws: `FileError` if the folder has been closed, or naming the file that cannot be removed.
    public func removeCheckpoints() throws(FileError) {
        try requireOpen()
        for name in files.names { try files.remove(name) }
    }
}

// For trainers.
extension CheckpointFolder {
    var files: CheckpointFiles { CheckpointFiles(folder: path) }

    /// Begins a run.
    ///
    /// - Returns: its identity.
    /// - Throws: `FileError` if the folder holds checkpoints.
    func beginRun() throws(FileError) -> String {
        try requireOpen()
        let names = files.names
        guard let newest = names.first else { return CheckpointName.newRun() }
        let count = names.count == 1 ? "a checkpoint" : "\(names.count) checkpoints"
        throw FileError(
            path: path,
            problem:
                "the folder holds \(count) of an earlier run, of step \(newest.step) at the latest; call resume() to go on with that run, give another folder, or removeCheckpoints() to begin afresh here"
        )
    }

    /// Writes the checkpoint of a step, and removes the oldest ones of the same run beyond `keep`.
    ///
    /// - Returns: its path.
    /// - Throws: `FileError`; the earlier checkpoints are intact.
    func write(_ checkpoint: Safetensors, of run: String, step: Int) throws(FileError) -> String {
        try requireOpen()
        var checkpoint = checkpoint
        checkpoint.metadata[Safetensors.checksumKey] = checkpoint.checksum
        let file = files.path(of: CheckpointName(run: run, step: step))
        try checkpoint.write(to: file)
        // One that stays is removed with the next, and harms nobody.
        for old in files.names.filter({ $0.run == run }).dropFirst(keep) { try? files.remove(old) }
        return file
    }

    private func requireOpen() throws(FileError) {
        if lock.withLock({ $0 != nil }) { return }
        throw FileError(path: path, problem: "the folder of checkpoints has been closed; open it again")
    }
}
