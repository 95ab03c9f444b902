import Foundation
import RecurrentLinearAlgebra

/// What a file does not say of itself: files saved by PyTorch hold tensors only.
public struct AssumedFunctions: Sendable {
    public let activation: Activation
    public let output: OutputFunction
    public let readOut: ReadOut

    /// - Parameters:
    ///   - activation: Φ of every layer.
    ///   - output: σ.
    ///   - readOut: every step by default.
    public init(activation: Activation, output: OutputFunction, readOut: ReadOut = .everyStep) {
        self.activation = activation
        self.output = output
        self.readOut = readOut
    }
}

extension RecurrentNetwork {
    /// The network as tensors with PyTorch's names and shapes (`torch.nn.RNN` as `rnn`, `torch.nn.Linear` as
    /// `readout`, `torch.nn.Embedding` as `embedding`) and its configuration as metadata. An s_0 that is a
    /// parameter is a tensor `initial_state_l0`, and so on.
    ///
    /// - Parameter metadata: added to the configuration's.
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
    ///   - assumed: the functions of a network whose file does not name them; without it such a file
    ///     is an error.
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
        // Every tensor is read, and so held against the file's size, before the parameters are allocated.
        let layout = ParameterLayout(configuration)
        var parts: [ParameterName: Matrix<S>] = [:]
        for part in layout.parts { parts[part.name] = try reader.part(part) }
        let known = Set(layout.parts.flatMap { $0.name.tensorNames })
        let leftOver = file.tensors.map(\.name).filter { !known.contains($0) }
        guard leftOver.isEmpty else { throw .leftOver(tensors: leftOver) }
        var parameters = Parameters<S>(layout: layout)
        for (name, part) in parts { parameters[name] = part }
        self.init(configuration, parameters: parameters)
    }
}

extension Parameters {
    /// The parts as tensors with PyTorch's names and shapes, `prefix` before each name. PyTorch's weights multiply from
    /// the left, so each is the transpose of ours; it has two state biases where one is needed, and the second is
    /// written as zeros.
    func tensors(prefix: String = "") -> [Safetensors.Tensor] {
        layout.parts.flatMap { part -> [Safetensors.Tensor] in
            let view = view(part.name)
            let names = part.name.tensorNames.map { prefix + $0 }
            switch part.name.kind {
            case .embedding:
                return [Safetensors.Tensor(name: names[0], Matrix(view))]
            case .inputWeights, .stateWeights, .outputWeights:
                return [Safetensors.Tensor(name: names[0], Matrix(view.transposed))]
            case .stateBias:
                let zeros = Matrix<S>(rows: 1, columns: part.columns)
                return [
                    Safetensors.Tensor(name: names[0], Matrix(view), asVector: true),
                    Safetensors.Tensor(name: names[1], zeros, asVector: true),
                ]
            case .outputBias, .initialState:
                return [Safetensors.Tensor(name: names[0], Matrix(view), asVector: true)]
            }
        }
    }
}

extension ParameterName {
    /// The tensors that hold a part: one, or two that are added.
    var tensorNames: [String] {
        let cell = "l\(layer)" + (isReverse ? "_reverse" : "")
        return switch kind {
        case .embedding: ["embedding.weight"]
        case .inputWeights: ["rnn.weight_ih_" + cell]
        case .stateWeights: ["rnn.weight_hh_" + cell]
        case .stateBias: ["rnn.bias_ih_" + cell, "rnn.bias_hh_" + cell]
        case .initialState: ["initial_state_" + cell]
        case .outputWeights: ["readout.weight"]
        case .outputBias: ["readout.bias"]
        }
    }
}
