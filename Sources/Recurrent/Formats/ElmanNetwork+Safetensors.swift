import Foundation
import LinearAlgebra

/// Why tensors are not an Elman network.
public enum ModelError: Error, Equatable, Sendable, CustomStringConvertible {
    case missing(tensor: String)
    case leftOver(tensors: [String])
    case shape(tensor: String, found: [Int], expected: String)
    case type(tensor: String, type: String)
    case notFinite(tensor: String, index: Int)
    case metadata(key: String, found: String?, expected: String)

    public var description: String {
        switch self {
        case .missing(let tensor):
            "tensor '\(tensor)' is missing"
        case .leftOver(let tensors):
            "tensors that an Elman network does not have: \(tensors.joined(separator: ", "))"
        case .shape(let tensor, let found, let expected):
            "tensor '\(tensor)' has the shape \(found), expected \(expected)"
        case .type(let tensor, let type):
            "tensor '\(tensor)' has the type \(type); convert it to F32 or F64"
        case .notFinite(let tensor, let index):
            "tensor '\(tensor)' has NaN or an infinity at element \(index)"
        case .metadata(let key, let found, let expected):
            found.map { "metadata '\(key)' is '\($0)', expected \(expected)" }
                ?? "metadata '\(key)' is missing, expected \(expected); or say what to assume"
        }
    }
}

/// What a file does not say of itself: files saved by PyTorch hold tensors only.
public struct AssumedFunctions: Sendable {
    public let activation: Activation
    public let output: OutputFunction

    public init(activation: Activation, output: OutputFunction) {
        self.activation = activation
        self.output = output
    }
}

// PyTorch's names; its weights multiply from the left, so each is the transpose of ours. It has two
// state biases where one is needed: the second is written as zeros, and read by adding.
private let W_xName = "rnn.weight_ih_l0"
private let W_sName = "rnn.weight_hh_l0"
private let b_sNames = ["rnn.bias_ih_l0", "rnn.bias_hh_l0"]
private let W_yName = "readout.weight"
private let b_yName = "readout.bias"

extension ElmanNetwork {
    /// The network as tensors with PyTorch's names and shapes (`torch.nn.RNN` as `rnn`,
    /// `torch.nn.Linear` as `readout`) and its configuration as metadata.
    ///
    /// - Parameter metadata: added to the configuration's.
    public func safetensors(metadata: [String: String] = [:]) -> Safetensors {
        func tensor(_ part: ParameterName, _ name: String) -> Safetensors.Tensor? {
            parameters[part].map { Safetensors.Tensor(name: name, $0.transposed) }
        }
        func bias(_ part: ParameterName, _ name: String) -> Safetensors.Tensor? {
            parameters[part].map { Safetensors.Tensor(name: name, $0, asVector: true) }
        }
        var tensors = [
            tensor(.inputWeights, W_xName), tensor(.stateWeights, W_sName),
            tensor(.outputWeights, W_yName), bias(.outputBias, b_yName),
        ].compactMap { $0 }
        if let b_s = bias(.stateBias, b_sNames[0]) {
            let zeros = Matrix<S>(rows: 1, columns: configuration.stateWidth)
            tensors += [b_s, Safetensors.Tensor(name: b_sNames[1], zeros, asVector: true)]
        }
        let own = [
            "format": "pt", "elman.activation": configuration.activation.rawValue,
            "elman.output": configuration.output.rawValue,
            "elman.recurrent": "\(configuration.isRecurrent)",
            "elman.state_bias": "\(configuration.hasStateBias)",
            "elman.output_bias": "\(configuration.hasOutputBias)",
        ]
        return Safetensors(tensors: tensors, metadata: metadata.merging(own) { _, own in own })
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
        let (h, i) = try reader.dimensions(W_xName)
        let (o, _) = try reader.dimensions(W_yName)
        let configuration = ElmanConfiguration(
            inputWidth: i, stateWidth: h, outputWidth: o,
            activation: try reader.function("elman.activation", assumed?.activation),
            output: try reader.function("elman.output", assumed?.output),
            stateBias: try reader.flag("elman.state_bias", tensor: b_sNames[0]),
            outputBias: try reader.flag("elman.output_bias", tensor: b_yName),
            recurrent: try reader.flag("elman.recurrent", tensor: W_sName))
        // Every tensor is read, and so held against the file's size, before the layout is allocated.
        var parts: [ParameterName: Matrix<S>] = [
            .inputWeights: try reader.matrix(W_xName, rows: h, columns: i).transposed,
            .outputWeights: try reader.matrix(W_yName, rows: o, columns: h).transposed,
        ]
        var used = [W_xName, W_yName]
        if configuration.isRecurrent {
            parts[.stateWeights] = try reader.matrix(W_sName, rows: h, columns: h).transposed
            used.append(W_sName)
        }
        if configuration.hasStateBias {
            let first: Matrix<S> = try reader.vector(b_sNames[0], count: h)
            let second: Matrix<S>? = file[b_sNames[1]] == nil ? nil : try reader.vector(b_sNames[1], count: h)
            parts[.stateBias] = second.map { first + $0 } ?? first
            used += b_sNames
        }
        if configuration.hasOutputBias {
            parts[.outputBias] = try reader.vector(b_yName, count: o)
            used.append(b_yName)
        }
        let leftOver = file.tensors.map(\.name).filter { !used.contains($0) }
        guard leftOver.isEmpty else { throw .leftOver(tensors: leftOver) }
        var parameters = Parameters<S>(layout: ParameterLayout(configuration))
        for (name, part) in parts { parameters[name] = part }
        self.init(configuration, parameters: parameters)
    }
}
