import RecurrentLinearAlgebra

extension RecurrentNetwork {
    /// The network as tensors with PyTorch's names, shapes and order of gates (`torch.nn.RNN`, `LSTM` or
    /// `GRU` as `rnn`, `torch.nn.Linear` as `readout`, `torch.nn.Embedding` as `embedding`) and its
    /// configuration as metadata. A learned s_0 is a tensor `initial_state_l0`, a learned c_0
    /// `initial_cell_state_l0`, and so on.
    ///
    /// - Parameter metadata: added to the configuration's, whose keys begin with `network.`.
    public func safetensors(metadata: [String: String] = [:]) -> Safetensors {
        let own = configuration.metadata.merging(["format": "pt"]) { own, _ in own }
        return Safetensors(tensors: parameters.tensors(), metadata: metadata.merging(own) { _, own in own })
    }

    /// Writes a model file, whole or not at all. If it is not written, an earlier file of this name is unchanged.
    ///
    /// - Throws: `FileError`, also for a network with a parameter that is NaN or infinite, whose file could not be read.
    public func write(to path: String, metadata: [String: String] = [:]) throws(FileError) {
        if let part = parameters.firstPartNotFinite {
            throw FileError(
                path: path,
                problem:
                    "the network was not written, since \(part) has NaN or an infinity; write one from before, such as a trainer's bestNetwork"
            )
        }
        try safetensors(metadata: metadata).write(to: path)
    }

    /// Reads a model file, written here or saved by PyTorch.
    ///
    /// F16, BF16, F32 and F64 tensors are converted to `S`; all but F64 exactly.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - assumed: the functions of a network whose file does not name them; such a file is an error without
    ///     it.
    ///   - parts: the names of the network's parts in the file; those that are not given are found.
    /// - Throws: `FileError` naming the file and the tensor.
    public init(
        contentsOf path: String, assuming assumed: AssumedFunctions? = nil, parts: ModelParts = ModelParts()
    ) throws(FileError) {
        let file = try Safetensors(contentsOf: path)
        do throws(ModelError) {
            try self.init(file, assuming: assumed, parts: parts)
        } catch {
            throw FileError(path: path, problem: error.description)
        }
    }

    /// Reads a network from tensors; see `init(contentsOf:assuming:parts:)`.
    ///
    /// - Throws: `ModelError`.
    public init(
        _ file: Safetensors, assuming assumed: AssumedFunctions? = nil, parts: ModelParts = ModelParts()
    ) throws(ModelError) {
        var search = try PartSearch(file, parts)
        let cells = ModelReader(file, names: search.names)
        try cells.refuseOtherCells()
        let layers = try cells.layers(assuming: assumed)
        try search.findOthers(inputWidth: cells.dimensions(.inputWeights).1, last: layers[layers.count - 1])
        let reader = ModelReader(file, names: search.names)
        let configuration = try NetworkConfiguration(reader, layers, assuming: assumed)
        try reader.refuseCellStates(configuration)
        // Every tensor is read, and so checked against the file's size, before the parameters are allocated.
        let layout = ParameterLayout(configuration)
        var loaded: [ParameterName: Matrix<S>] = [:]
        for part in layout.parts { loaded[part.name] = try reader.part(part, of: layout) }
        try reader.refuseOthers(layout, except: parts)
        var parameters = Parameters<S>(layout: layout)
        for (name, part) in loaded { parameters[name] = part }
        self.init(configuration, parameters: parameters)
    }
}
