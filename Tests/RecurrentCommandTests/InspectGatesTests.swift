import Foundation
import RecurrentLinearAlgebra
import Recurrent
import Testing

@testable import RecurrentCommand

/// `rnn inspect` and `rnn explain` with LSTM and GRU cells.
@Suite struct InspectGatesTests {
    private static func network(_ cell: RecurrentCell, recurrent: Bool = true) -> RecurrentNetwork<Float> {
        var generator = RandomGenerator(seed: 1)
        let configuration = NetworkConfiguration(
            inputWidth: 3, stateWidth: 4, outputWidth: 2, cell: cell, output: .softmax,
            directions: .bidirectional, recurrent: recurrent)
        var network = RecurrentNetwork<Float>(configuration, initialiser: .orthogonal, using: &generator)
        let b_n = ParameterName.candidateBias(layer: 0, reverse: true)
        if network.parameters[b_n] != nil { network.parameters[b_n] = [[5, 5, 5, 5]] }
        return network
    }

    /// The rows of a tensor in CSV, by gate.
    private func rows(_ tensor: String, in csv: String) throws -> [String: [String: String]] {
        let lines = csv.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let header = try #require(lines.first)
        let found = lines.filter { $0[0] == tensor }.map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
        return Dictionary(uniqueKeysWithValues: found.map { ($0["gate"] ?? "none", $0) })
    }

    /// A forget bias of 1; orthogonal matrices of width 4, whose norm is 2.
    @Test func theGatesOfAnLSTMAreNamed() throws {
        let input = ["m": Self.network(.lstm).safetensors().data]
        let csv = try Command.run(["inspect", "m", "--format", "csv"], input: input).output
        let bias = try rows("rnn.bias_ih_l0", in: csv)
        #expect(Set(bias.keys) == ["", "input", "forget", "candidate", "output"])
        func number(_ gate: String, _ column: String) -> Double? { Double(bias[gate]?[column] ?? "") }
        #expect(number("forget", "min") == 1 && number("forget", "norm") == 2, "\(csv)")
        #expect(number("output", "zeros") == 4 && number("", "zeros") == 12, "\(csv)")
        let weights = try rows("rnn.weight_hh_l0_reverse", in: csv)
        #expect(weights["input"]?["shape"] == "4 × 4" && weights[""]?["shape"] == "16 × 4")
        for gate in ["input", "forget", "candidate", "output"] {
            let norm = try #require(Double(weights[gate]?["norm"] ?? ""))
            #expect(abs(norm - 2) < 1e-6)
        }
        #expect(weights[""]?["spectral norm"] == "")
        #expect(try rows("readout.weight", in: csv).count == 1)
    }

    @Test(arguments: [GRUReset.afterProduct, .beforeProduct])
    func theGatesOfAGRUAreNamed(reset: GRUReset) throws {
        let input = ["m": Self.network(.gru(reset)).safetensors().data]
        let csv = try Command.run(["inspect", "m", "--format", "csv"], input: input).output
        let second = try rows("rnn.bias_hh_l0_reverse", in: csv)
        #expect(Set(second.keys) == ["", "reset", "update", "candidate"])
        // b_n is there only where the reset follows the product.
        let norm = try #require(Double(second["candidate"]?["norm"] ?? ""))
        #expect(norm == (reset == .afterProduct ? 10 : 0))
        #expect(Double(second["reset"]?["norm"] ?? "") == 0)
    }

    @Test(arguments: [
        (RecurrentCell.lstm, "LSTM"), (.gru(), "GRU"), (.gru(.beforeProduct), "reset-before GRU"),
    ])
    func peopleSeeTheGatesBelowTheirTensorAndWhyThereIsNoSpectrum(cell: RecurrentCell, words: String) throws {
        let command = try Command.run(
            ["inspect", "m"], input: ["m": Self.network(cell).safetensors().data])
        let lines = command.output.split(separator: "\n").map(String.init)
        #expect(command.status == 0)
        #expect(lines[0].hasPrefix("m: 3 inputs, 4 bidirectional \(words) units, 2 softmax outputs; "))
        let first = try #require(lines.firstIndex { $0.hasPrefix("  rnn.weight_hh_l0 ") })
        let gate = try #require(lines[first + 1].split(separator: " ").first)
        #expect(gate == (words == "LSTM" ? "input" : "reset"), "\(lines[first + 1])")
        #expect(!command.output.contains("spectral norm") && command.output.contains("has no spectrum here"))
    }

    @Test func gatesWithoutWSHaveNoRows() throws {
        let command = try Command.run(
            ["inspect", "m"], input: ["m": Self.network(.lstm, recurrent: false).safetensors().data])
        #expect(command.output.contains("4 bidirectional LSTM units without recurrent weights"))
        #expect(!command.output.contains("has no spectrum"))
    }

    @Test func anLSTMOfPyTorchIsReadWithAssumptions() throws {
        let tensors = Self.network(.lstm).safetensors().tensors
        let command = try Command.run(["inspect", "m"], input: ["m": Safetensors(tensors: tensors).data])
        #expect(
            command.status == 0 && command.output.contains("4 bidirectional LSTM units, 2 linear outputs"))
        #expect(command.output.contains("name all functions; linear outputs and"), "\(command.output)")
    }

    @Test(arguments: [(RecurrentCell.lstm, "LSTM"), (.gru(), "GRU")])
    func onlyElmanCellsAreExplained(cell: RecurrentCell, words: String) throws {
        var generator = RandomGenerator(seed: 1)
        let configuration = NetworkConfiguration(inputWidth: 1, stateWidth: 2, outputWidth: 1, cell: cell)
        let network = RecurrentNetwork<Double>(configuration, using: &generator)
        let command = try Command.run(
            ["explain", "m", "--sequence", "1;2", "--target", "0"], input: ["m": network.safetensors().data])
        #expect(command.status == 1 && command.output.isEmpty)
        #expect(
            command.errors.contains("m: the network has \(words) cells; the terms are those of Elman cells"))
        #expect(command.errors.split(separator: "\n").count == 1)
    }
}
