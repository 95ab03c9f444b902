import RecurrentLinearAlgebra

extension RecurrentNetwork {
    /// The network as tensors with PyTorch's names, shapes and order of gates (`torch.nn.RNN`, `LSTM` or `GRU` as `rnn`,
    /// `torch.nn.Linear` as `readout`, `torch.nn.Embedding` as `embedding`) and its configuration as metadata. A learned
    /// s_0 is a tensor `initial_state_l0`, a learned c_0 `initial_cell_state_l0`, and so on.
    ///
    /// - Parameter metadata: added to the configuration's, whose keys begin with `network.`.
    public func safetensors(metadata: [String: String] = [:]) -> Safetensors {
        let own = configuration.metadata.merging(["format": "pt"]) { own, _ in own }
        return Safetensors(tensors: parameters.tensors(), metadata: metadata.merging(own) { _, own in own })
    }

    /// Writes a model file, whole or not at all.
    ///
    /// - Throws: `FileError`.
    public func write(to path: String, metadata: [String: String] = [:]) throws(FileError) {
        try safetensors(metadata: metadata).write(to: path)
    }

    /// Reads a model file, written here or saved by PyTorch.
    ///
    /// F32 and F64 tensors are converted to `S`.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - assumed: the functions of a network whose file does not name them; such a file is an error without it.
    /// - Throws: `FileError` naming the file and the tensor.
    public init(contentsOf path: String, assuming assumed: AssumedFunctions? = nil) throws(FileError) {
        let file = try Safetensors(contentsOf: path)
        do throws(ModelError) {
            try self.init(file, assuming: assumed)
        } catch {
            throw FileError(path: path, problem: error.description)
        }
    }

    /// Reads a network from tensors; see `init(contentsOf:assuming:)`.
    ///
    /// - Throws: `ModelError`.
    public init(_ file: Safetensors, assuming assumed: AssumedFunctions? = nil) throws(ModelError) {
        let reader = ModelReader(file)
        let configuration = try NetworkConfiguration(reader, assuming: assumed)
        // Every tensor is read, and so checked against the file's size, before the parameters are allocated.
        let layout = ParameterLayout(configuration)
        var parts: [ParameterName: Matrix<S>] = [:]
        for part in layout.parts { parts[part.name] = try reader.part(part, of: layout) }
        let known = Set(layout.parts.flatMap { $0.name.tensorNames })
        let leftOver = file.tensors.map(\.name).filter { !known.contains($0) }
        guard leftOver.isEmpty else { throw .leftOver(tensors: leftOver) }
        var parameters = Parameters<S>(layout: layout)
        for (name, part) in parts { parameters[name] = part }
        self.init(configuration, parameters: parameters)
    }
}
