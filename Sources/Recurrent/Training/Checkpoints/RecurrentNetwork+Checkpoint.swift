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
        let (best, others) = (CheckpointTensors.best, CheckpointTensors.prefixes)
        let kept = tensors.filter { tensor in !others.contains { tensor.name.hasPrefix($0) } }
        guard case .best = network, tensors.contains(where: { $0.name.hasPrefix(best) }) else {
            return Safetensors(tensors: kept, metadata: metadata)
        }
        let renamed = tensors.filter { $0.name.hasPrefix(best) }.map { tensor in
            Tensor(
                name: String(tensor.name.dropFirst(best.count)), type: tensor.type, shape: tensor.shape,
                bytes: tensor.bytes)
        }
        return Safetensors(tensors: renamed, metadata: metadata)
    }
}
