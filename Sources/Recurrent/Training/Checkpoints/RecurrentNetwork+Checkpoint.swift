import Foundation
import RecurrentLinearAlgebra

extension RecurrentNetwork {
    /// Reads a network from a checkpoint, also while the training that writes it goes on.
    ///
    /// - Parameters:
    ///   - path: the file of a checkpoint, or a folder of checkpoints, whose newest intact one is read.
    ///   - network: the best network so far by default, or the current one.
    /// - Throws: `FileError` if there is no checkpoint, or if it is damaged, or another file.
    public init(checkpoint path: String, _ network: CheckpointNetwork = .best) throws(FileError) {
        let (path, file) = try Self.checkpoint(path)
        do throws(ModelError) {
            try self.init(file.network(network))
        } catch {
            throw FileError(path: path, problem: error.description)
        }
    }

    private static func checkpoint(_ path: String) throws(FileError) -> (path: String, file: Safetensors) {
        var isFolder: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
            isFolder.boolValue
        else { return (path, try CheckpointFiles.read(path)) }
        let (found, damaged) = CheckpointFiles(folder: path).newest()
        if let found { return (found.path, found.file) }
        throw damaged.first ?? FileError(path: path, problem: "there is no checkpoint in this folder")
    }
}

extension Safetensors {
    /// One of the networks of a checkpoint, without all other tensors.
    fileprivate func network(_ network: CheckpointNetwork) -> Safetensors {
        switch network {
        case .best:
            tensors(after: CheckpointTensors.best) ?? self.network(.average)
        case .average:
            tensors(after: CheckpointTensors.average) ?? self.network(.current)
        case .current:
            Safetensors(
                tensors: tensors.filter { tensor in
                    !CheckpointTensors.prefixes.contains { tensor.name.hasPrefix($0) }
                }, metadata: metadata)
        }
    }

    /// The tensors whose names begin with a prefix, without it; nil if there are none.
    private func tensors(after prefix: String) -> Safetensors? {
        let found = tensors.filter { $0.name.hasPrefix(prefix) }.map { tensor in
            Tensor(
                name: String(tensor.name.dropFirst(prefix.count)), type: tensor.type, shape: tensor.shape,
                bytes: tensor.bytes)
        }
        return found.isEmpty ? nil : Safetensors(tensors: found, metadata: metadata)
    }
}
