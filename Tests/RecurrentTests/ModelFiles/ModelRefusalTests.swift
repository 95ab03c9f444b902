import Foundation
import Recurrent
import RecurrentLinearAlgebra
import SampleProblems
import Testing

/// Files of networks that are damaged, contradict themselves, or are of other kinds.
@Suite struct ModelRefusalTests {
    private func error(
        _ problem: Problem, _ change: (inout ForeignFile) -> Void
    ) throws -> ModelError {
        var foreign = try ForeignFile(problem, names: ["rnn": "net"])
        change(&foreign)
        return try #require(throws: ModelError.self) { try foreign.read() }
    }

    @Test func aGateThatIsMissingIsToldFromTheShapes() throws {
        let states = try error(Problem(cell: .lstm)) { $0.replace("net.weight_hh_l0", 10, 5) }
        let words = "H, 3·H or 4·H rows for H columns (RNN, GRU, LSTM)"
        #expect(states == .shape(tensor: "net.weight_hh_l0", found: [10, 5], expected: words))
        let inputs = try error(Problem(cell: .lstm, layers: 2)) { $0.replace("net.weight_ih_l1", 15, 5) }
        #expect(
            inputs
                == .shape(
                    tensor: "net.weight_ih_l1", found: [15, 5], expected: "20 rows, as 'net.weight_hh_l1' has"
                ))
        let reverse = try error(Problem(cell: .gru(), directions: .bidirectional)) {
            $0.replace("net.weight_hh_l0_reverse", 20, 5)
        }
        #expect(reverse == .shape(tensor: "net.weight_hh_l0_reverse", found: [20, 5], expected: "[15, 5]"))
    }

    @Test func withoutMetadataEveryLayerHasStateWeights() throws {
        for cell in Problem.gatedCells + [.elman()] {
            let missing = try error(Problem(cell: cell)) { $0.remove("net.weight_hh_l0") }
            #expect(missing.description.hasPrefix("tensor 'net.weight_hh_l0' is missing; there are "))
        }
    }

    @Test func aBiasThatHasLostItsOtherHalfIsNamed() throws {
        let second = try error(Problem(cell: .gru())) { $0.remove("net.bias_hh_l0") }
        #expect(second.description.hasPrefix("tensor 'net.bias_hh_l0' is missing"))
        for cell in Problem.gatedCells + [.elman()] {
            let first = try error(Problem(cell: cell)) { $0.remove("net.bias_ih_l0") }
            #expect(first.description.hasPrefix("tensor 'net.bias_ih_l0' is missing"))
        }
    }

    @Test func metadataThatTheShapesContradictAreRefused() throws {
        let contradictory = [
            (Problem(cell: .lstm, H: 6), "gru", "lstm", 24), (Problem(cell: .lstm), "elman", "lstm", 20),
            (Problem(cell: .gru()), "lstm", "gru or gru-reset-before", 15), (Problem(), "gru", "elman", 5),
        ]
        for (problem, named, right, rows) in contradictory {
            let error = try error(problem) { $0.file.metadata["network.cell"] = named }
            let tensor = "tensor 'net.weight_hh_l0' has the shape [\(rows), \(problem.H)]"
            let expected = "\(right), since \(tensor)"
            #expect(error == .metadata(key: "network.cell", found: named, expected: expected))
        }
        let mixed = try error(Problem(cells: [.elman(), .lstm, .gru()])) {
            $0.file.metadata["network.cell"] = "elman,gru,gru"
        }
        #expect(mixed.description.contains("'net.weight_hh_l1' has the shape [20, 5]"), "\(mixed)")
    }

    @Test func aStackOfDifferentCellsIsToldFromTheShapes() throws {
        let foreign = try ForeignFile(Problem(cells: [.lstm, .elman(), .gru()]), names: ["rnn": "net"])
        #expect(try foreign.read() == foreign.network)
    }

    @Test func peepholesAreRefusedByName() throws {
        for name in ["net.weight_ci_l0", "net.weight_cf", "net.W_co", "net.peephole_weights"] {
            let error = try error(Problem(cell: .lstm)) { $0.add(name, 1, 5) }
            #expect(error.description.hasPrefix("tensor '\(name)' is a peephole"), "\(error)")
        }
    }

    @Test func anInitialCellStateBelongsToAnLSTM() throws {
        let alone = try error(Problem(cell: .gru())) { $0.add("initial_cell_state_l0", 1, 5) }
        let reason = "is a c_0, which only an LSTM has; layer 1 is gru"
        #expect(alone == .unsupported(tensor: "initial_cell_state_l0", reason: reason))
        let half = try error(Problem(cell: .lstm, learnsInitialState: true)) { $0.remove("initial_state_l0") }
        #expect(half.description.hasPrefix("tensor 'initial_state_l0' is missing"))
    }

    @Test func integersAreNoWeights() throws {
        let error = try error(Problem()) { foreign in
            foreign.remove("readout.bias")
            let bytes = Data(repeating: 0, count: 16)
            foreign.file.tensors.append(.init(name: "readout.bias", type: .i64, shape: [2], bytes: bytes))
        }
        #expect(
            error.description
                == "tensor 'readout.bias' has the type I64; convert it to F16, BF16, F32 or F64")
    }

    /// The shapes are the same in both cases.
    @Test func aResetBeforeTheProductIsNamedOrAssumed() throws {
        let drawn = try Drawn<Double>(Problem(cell: .gru(.beforeProduct)))
        var foreign = try ForeignFile(Problem(cell: .gru(.beforeProduct)), names: ["rnn": "net"])
        #expect(try foreign.read(reset: .beforeProduct) == foreign.network)
        let other = try foreign.read()
        #expect(other.configuration.layers[0].cell == .gru(.afterProduct))
        let (right, wrong) = (try foreign.network.forward(drawn.batch), try other.forward(drawn.batch))
        #expect(deviation(wrong.outputs, right.outputs) > 0.001)
        foreign.file.metadata["network.cell"] = "gru-reset-before"
        #expect(try foreign.read() == foreign.network)
    }

    @Test func anActivationIsNotAssumedForCellsWithoutOne() throws {
        for (cell, name) in [(RecurrentCell.lstm, "lstm"), (.gru(), "gru")] {
            let foreign = try ForeignFile(Problem(cell: cell))
            let assumed = AssumedFunctions(activation: .tanh, output: .linear)
            let error = #expect(throws: ModelError.self) {
                try RecurrentNetwork<Double>(foreign.file, assuming: assumed)
            }
            #expect(error?.description.hasPrefix("the layers are \(name), by the shapes") == true)
        }
    }
}
