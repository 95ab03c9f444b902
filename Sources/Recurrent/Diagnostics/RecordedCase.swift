import Foundation
import RecurrentFormats
import RecurrentLinearAlgebra

/// A network, a batch, and the results of another implementation in double precision, read from a JSON file.
///
/// Keys: `T`, `B`, `I`, `H`, `O`; `activation` ("tanh", "sigmoid", "relu", "identity"); `loss`
/// ("halfSquaredError" with linear outputs, or "crossEntropy" with softmax); `lengths` [B];
/// `manyToOne`; `weights` Wx [I][H], Ws [H][H], Wy [H][O], bs [H], by [O]; `s0` [B][H]; `X` [T][B][I];
/// `D` [T][B][O] values or [T][B] class indices; and the results: `S` [T][B][H], `Y` [T][B][O]
/// (a_t, before the output function), `E` (the sum of the losses), and `gradients` Wx, Ws, Wy, bs,
/// by, s0, X.
public struct RecordedCase: Sendable {
    let network: RecurrentNetwork<Double>
    let inputs: Matrix<Double>
    let lengths: [Int]
    let initialState: Matrix<Double>
    let loss: Loss
    let targets: Targets<Double>
    let manyToOne: Bool
    /// The results of the other implementation by name, time-major.
    let expected: [(name: String, values: Matrix<Double>)]

    /// T
    public var steps: Int { inputs.rows / lengths.count }

    /// Reads a file, or standard input for "-".
    ///
    /// - Throws: `FileError` naming the file and the key.
    public init(contentsOf path: String) throws(FileError) {
        let data = try FileError.read(path)
        do {
            self = try JSONDecoder().decode(RecordedCase.self, from: data)
        } catch {
            throw FileError(
                path: path, problem: "not a recorded case: \(describe(error, in: data))")
        }
    }
}

extension RecordedCase: Decodable {
    enum Key: String, CodingKey {
        case T, B, I, H, O, activation, loss, lengths, manyToOne, weights, s0, X, D, S, Y, E, gradients
    }

    enum Part: String, CodingKey { case Wx, Ws, Wy, bs, by, s0, X }

    public init(from decoder: any Decoder) throws {
        let file = try decoder.container(keyedBy: Key.self)
        let (T, B) = try (file.width(.T), file.width(.B))
        let configuration = try Self.configuration(in: file)
        let (I, H, O) = (
            configuration.inputWidth, configuration.stateWidth, configuration.outputWidth
        )
        network = try Self.network(configuration, in: file)
        lengths = try file.decode([Int].self, forKey: .lengths)
        guard lengths.count == B, lengths.allSatisfy({ 1...T ~= $0 }) else {
            throw file.mismatch(.lengths, "not \(B) lengths in 1...\(T)")
        }
        manyToOne = try file.decode(Bool.self, forKey: .manyToOne)
        initialState = try file.matrix(.s0, B, H)
        inputs = try file.timeMajor(.X, T, B, I)
        loss = configuration.output == .softmax ? .crossEntropy : .halfSquaredError
        targets =
            loss == .crossEntropy
            ? .classes(try file.classes(.D, T, B)) : .values(try file.timeMajor(.D, T, B, O))

        let gradients = try file.nestedContainer(keyedBy: Part.self, forKey: .gradients)
        expected = [
            ("S", try file.timeMajor(.S, T, B, H)),
            ("Y", try file.timeMajor(.Y, T, B, O)),
            ("E", [[try file.decode(Double.self, forKey: .E)]]),
            ("Wx", try gradients.matrix(.Wx, I, H)),
            ("Ws", try gradients.matrix(.Ws, H, H)),
            ("Wy", try gradients.matrix(.Wy, H, O)),
            ("bs", try gradients.vector(.bs, H)),
            ("by", try gradients.vector(.by, O)),
            ("s0", try gradients.matrix(.s0, B, H)),
            ("X", try gradients.timeMajor(.X, T, B, I)),
        ]
    }

    /// Widths and functions; the loss decides the output function.
    private static func configuration(
        in file: KeyedDecodingContainer<Key>
    ) throws -> NetworkConfiguration {
        let outputs: [String: OutputFunction] = ["halfSquaredError": .linear, "crossEntropy": .softmax]
        let loss = try file.decode(String.self, forKey: .loss)
        guard let output = outputs[loss] else {
            throw file.mismatch(.loss, "'\(loss)' is neither halfSquaredError nor crossEntropy")
        }
        let name = try file.decode(String.self, forKey: .activation)
        guard let activation = Activation(rawValue: name) else {
            throw file.mismatch(.activation, "'\(name)' is none of tanh, sigmoid, relu, identity")
        }
        return NetworkConfiguration(
            inputWidth: try file.width(.I), stateWidth: try file.width(.H),
            outputWidth: try file.width(.O), cell: .elman(activation), output: output)
    }

    /// The weights, all checked against the widths before memory is allocated.
    private static func network(
        _ configuration: NetworkConfiguration, in file: KeyedDecodingContainer<Key>
    ) throws -> RecurrentNetwork<Double> {
        let (I, H, O) = (
            configuration.inputWidth, configuration.stateWidth, configuration.outputWidth
        )
        let weights = try file.nestedContainer(keyedBy: Part.self, forKey: .weights)
        let parts: [ParameterName: Matrix<Double>] = [
            .inputWeights: try weights.matrix(.Wx, I, H),
            .stateWeights: try weights.matrix(.Ws, H, H),
            .outputWeights: try weights.matrix(.Wy, H, O),
            .stateBias: try weights.vector(.bs, H),
            .outputBias: try weights.vector(.by, O),
        ]
        var parameters = Parameters<Double>(layout: ParameterLayout(configuration))
        for (name, part) in parts { parameters[name] = part }
        return RecurrentNetwork(configuration, parameters: parameters)
    }
}
