import Foundation
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import TestSupport
import Testing

/// Files of PyTorch's own modules; see Tests/Fixtures/PyTorch/README.md.
@Suite struct PyTorchFileTests {
    static let names = ["rnn", "lstm", "gru"].flatMap { cell in
        ["f32", "f16", "bf16"].map { "\(cell)-\($0)" }
    }

    private struct Recorded: Decodable {
        let cell: String
        let activation: Activation?
        let recurrent, readout: String
        let I, H, O, layers: Int
        let bidirectional: Bool
        /// [T][B][I] and [T][B][O]
        let X, Y: [[[Double]]]

        var configuration: NetworkConfiguration {
            let cells: [String: RecurrentCell] = [
                "elman": .elman(activation ?? .tanh), "lstm": .lstm, "gru": .gru(.afterProduct),
            ]
            return NetworkConfiguration(
                inputWidth: I, stateWidth: H, outputWidth: O, layers: layers, cell: cells[cell]!,
                directions: bidirectional ? .bidirectional : .forward)
        }

        func outputs<S: Scalar>(of network: RecurrentNetwork<S>) throws -> Matrix<S> {
            let sequences = X[0].indices.map { b in X.map { step in step[b].map { S($0) } } }
            return try network.forward(SequenceBatch(sequences)).outputs
        }
    }

    private func path(_ name: String, _ ending: String) -> String {
        Fixtures.folder.appendingPathComponent("PyTorch/\(name).\(ending)").path
    }

    private func recorded(_ name: String) throws -> Recorded {
        let data = try Data(contentsOf: URL(fileURLWithPath: path(name, "json")))
        return try JSONDecoder().decode(Recorded.self, from: data)
    }

    private func network<S: Scalar>(
        _ name: String, parts: ModelParts = ModelParts(), as type: S.Type = S.self
    ) throws -> RecurrentNetwork<S> {
        let assumed = AssumedFunctions(activation: try recorded(name).activation, output: .linear)
        return try RecurrentNetwork(contentsOf: path(name, "safetensors"), assuming: assumed, parts: parts)
    }

    @Test(arguments: names)
    func aFileGivesTheOutputsOfPyTorch(name: String) throws {
        let recorded = try recorded(name)
        let network = try network(name, as: Double.self)
        #expect(network.configuration == recorded.configuration)
        let expected = Matrix(recorded.Y.flatMap { $0 })
        #expect(deviation(try recorded.outputs(of: network), expected) <= Tolerance.naive)
        let single = try recorded.outputs(of: self.network(name, as: Float.self))
        #expect(deviation(single, expected) <= Tolerance.naiveInFloat)
    }

    @Test(arguments: names)
    func namesThatAreGivenReadTheSame(name: String) throws {
        let recorded = try recorded(name)
        let parts = ModelParts(recurrent: recorded.recurrent, readOut: recorded.readout)
        #expect(try network(name, parts: parts, as: Double.self) == network(name))
    }

    /// Weights have PyTorch's bytes. Its two biases became one, but for the b_n of a GRU.
    @Test(arguments: ["rnn-f32", "lstm-f32", "gru-f32"])
    func theTensorsThatAreWrittenAreInPyTorchsOrder(name: String) throws {
        let prefix = try recorded(name).recurrent + "."
        let original = try Safetensors(contentsOf: path(name, "safetensors"))
        let written = try network(name, as: Float.self).safetensors()
        #expect(written.tensors.count == original.tensors.count)
        func floats(_ tensor: Safetensors.Tensor?) throws -> [Float] {
            try #require(tensor?.elements(as: Float.self))
        }
        for tensor in original.tensors where tensor.name.hasPrefix(prefix) {
            let ending = String(tensor.name.dropFirst(prefix.count))
            let ours = try #require(written["rnn." + ending])
            if ending.hasPrefix("weight") {
                #expect(ours.bytes == tensor.bytes && ours.shape == tensor.shape, "\(ending)")
            } else if ending.hasPrefix("bias_ih") {
                let other = ending.replacing("ih", with: "hh")
                let (first, second) = (try floats(tensor), try floats(original[prefix + other]))
                let summed = name == "gru-f32" ? first.count / 3 * 2 : first.count
                let sums = first.indices.map { $0 < summed ? first[$0] + second[$0] : first[$0] }
                let rest = second.indices.map { $0 < summed ? 0 : second[$0] }
                #expect(try floats(ours) == sums, "\(ending)")
                #expect(try floats(written["rnn." + other]) == rest, "\(other)")
            }
        }
    }

    @Test func anLSTMWhoseStatesAreProjectedIsRefused() throws {
        let error = try #require(throws: FileError.self) {
            try network("lstm-projection", as: Double.self)
        }
        #expect(error.problem.hasPrefix("tensor 'model.encoder.weight_hr_l0' projects the states"))
        #expect(error.problem.contains("proj_size"))
    }
}
