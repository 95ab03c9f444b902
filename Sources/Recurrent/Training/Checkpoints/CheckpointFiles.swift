import Foundation

/// The checkpoints that a folder holds.
struct CheckpointFiles {
    let folder: String

    /// The names, the newest first.
    var names: [CheckpointName] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.compactMap { CheckpointName($0) }.sorted(by: >)
    }

    func path(of name: CheckpointName) -> String { "\(folder)/\(name.file)" }

    /// A checkpoint that was read.
    struct Found {
        let run: String
        let path: String
        let file: Safetensors
    }

    /// The newest intact checkpoint of a run, or without `run` of any, and the errors of newer ones that are damaged.
    func newest(of run: String? = nil) -> (found: Found?, damaged: [FileError]) {
        var damaged: [FileError] = []
        for name in names where run == nil || name.run == run {
            do throws(FileError) {
                let file = try Self.read(path(of: name))
                return (Found(run: name.run, path: path(of: name), file: file), damaged)
            } catch {
                damaged.append(error)
            }
        }
        return (nil, damaged)
    }

    /// Reads a checkpoint.
    ///
    /// - Throws: `FileError` if it is damaged, or is another file.
    static func read(_ path: String) throws(FileError) -> Safetensors {
        let file = try Safetensors(contentsOf: path)
        guard let checksum = file.metadata[Safetensors.checksumKey] else {
            throw FileError(
                path: path,
                problem:
                    "this is not a checkpoint: it has no state of a training; if it is a network, read it with RecurrentNetwork(contentsOf:), and begin a training with that"
            )
        }
        guard checksum == file.checksum else {
            throw FileError(
                path: path,
                problem: "the checkpoint is damaged: its checksum does not match; use the one before it")
        }
        return file
    }

    func remove(_ name: CheckpointName) throws(FileError) {
        do {
            try FileManager.default.removeItem(atPath: path(of: name))
        } catch {
            throw FileError(
                path: path(of: name),
                problem: "the checkpoint cannot be removed; check the permissions of its folder")
        }
    }
}
