import Foundation
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import TestSupport
import Testing

@Suite struct ModelFileTests {
    @Test(arguments: Problem.list)
    func aModelFileGivesTheSameNetwork(problem: Problem) throws {
        let network = try Drawn<Double>(problem).network
        try Fixtures.withTemporaryFolder { folder in
            let path = folder + "/model.safetensors"
            try network.write(to: path, metadata: ["note": "kept"])
            #expect(try RecurrentNetwork<Double>(contentsOf: path) == network)
            #expect(try Safetensors(contentsOf: path).metadata["note"] == "kept")
            let again = try RecurrentNetwork<Double>(contentsOf: path).safetensors(metadata: ["note": "kept"])
            #expect(try again.data == Data(contentsOf: URL(fileURLWithPath: path)))
            let single = try RecurrentNetwork<Float>(contentsOf: path)
            #expect(single == network.converted(to: Float.self))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["model.safetensors"])
        }
    }

    @Test func tensorsHavePyTorchsNamesAndShapes() throws {
        let file = try Drawn<Float>(Problem()).network.safetensors()
        let shapes = Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name, $0.shape) })
        #expect(
            shapes == [
                "rnn.weight_ih_l0": [5, 3], "rnn.weight_hh_l0": [5, 5], "rnn.bias_ih_l0": [5],
                "rnn.bias_hh_l0": [5], "readout.weight": [2, 5], "readout.bias": [2],
            ])
        #expect(file.tensors.allSatisfy { $0.type == .f32 } && file.metadata["format"] == "pt")
    }

    @Test func deepTensorsHavePyTorchsNamesAndShapes() throws {
        let problem = Problem(
            layers: 2, directions: .bidirectional, embeddingWidth: 4, learnsInitialState: true, I: 9)
        let file = try Drawn<Float>(problem).network.safetensors()
        let shapes = Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name, $0.shape) })
        var expected = ["readout.weight": [2, 10], "readout.bias": [2], "embedding.weight": [9, 4]]
        for (layer, width) in [(0, 4), (1, 10)] {
            for suffix in ["", "_reverse"] {
                expected["rnn.weight_ih_l\(layer)\(suffix)"] = [5, width]
                expected["rnn.weight_hh_l\(layer)\(suffix)"] = [5, 5]
                expected["rnn.bias_ih_l\(layer)\(suffix)"] = [5]
                expected["rnn.bias_hh_l\(layer)\(suffix)"] = [5]
                expected["initial_state_l\(layer)\(suffix)"] = [5]
            }
        }
        #expect(shapes == expected)
    }

    @Test func layersMayDiffer() throws {
        let configuration = NetworkConfiguration(
            inputWidth: 3,
            layers: [
                RecurrentLayer(.elman(.relu), stateWidth: 4, directions: .bidirectional),
                RecurrentLayer(stateWidth: 5, bias: false, recurrent: false), RecurrentLayer(stateWidth: 2),
            ], outputWidth: 1, dropout: 0.25, readOutDropout: 0.125)
        var generator = RandomGenerator(seed: 2)
        let network = RecurrentNetwork<Double>(configuration, using: &generator)
        let file = network.safetensors()
        #expect(file.metadata["network.activation"] == "relu,tanh,tanh")
        #expect(try RecurrentNetwork<Double>(Safetensors(file.data)) == network)
        for broken in ["relu,tanh", "relu,tanh,", ",", "tanh,tanh,tanh,tanh"] {
            var changed = file
            changed.metadata["network.activation"] = broken
            #expect(throws: ModelError.self) { try RecurrentNetwork<Double>(changed) }
        }
        var changed = file
        changed.metadata["network.dropout"] = "1"
        #expect(throws: ModelError.self) { try RecurrentNetwork<Double>(changed) }
    }

    @Test func aFileOfPyTorchNeedsItsFunctionsSaid() throws {
        let path = Fixtures.folder.appendingPathComponent("torch.safetensors").path
        let error = try #require(throws: FileError.self) { try RecurrentNetwork<Double>(contentsOf: path) }
        #expect(error.description.contains("network.activation"))
        let assumed = AssumedFunctions(activation: .relu, output: .sigmoid)
        let network = try RecurrentNetwork<Double>(contentsOf: path, assuming: assumed)
        #expect(
            network.configuration
                == NetworkConfiguration(
                    inputWidth: 3, stateWidth: 6, outputWidth: 2, cell: .elman(.relu), output: .sigmoid))
    }

    private func error(_ change: (inout Safetensors) -> Void) throws -> ModelError {
        var file = try Drawn<Double>(Problem()).network.safetensors()
        change(&file)
        let data = file.data
        return try #require(throws: ModelError.self) { try RecurrentNetwork<Double>(Safetensors(data)) }
    }

    private func replace(
        _ name: String, in file: inout Safetensors, by matrix: Matrix<Double>, asVector: Bool = false
    ) {
        file.tensors.removeAll { $0.name == name }
        file.tensors.append(.init(name: name, matrix, asVector: asVector))
    }

    @Test func missingTensorsAreNamed() throws {
        let names = [
            "rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0", "readout.weight", "readout.bias",
        ]
        for name in names {
            let missing = try error { $0.tensors.removeAll { $0.name == name } }
            guard case .missing(name, let present) = missing else {
                Issue.record("\(missing)")
                continue
            }
            #expect(!present.contains(name) && present.count == 5)
        }
    }

    @Test func brokenTensorsAreNamed() throws {
        let extra = try error { $0.tensors.append(.init(name: "extra", Matrix<Double>([[1]]))) }
        #expect(extra.description.hasPrefix("tensors that the network does not have: extra; it has "))
        let unused = try error { $0.metadata["network.recurrent"] = "false" }
        #expect(unused.description.contains("does not have: rnn.weight_hh_l0;"))
        #expect(
            try error { replace("rnn.weight_hh_l0", in: &$0, by: Matrix(rows: 5, columns: 4)) }
                == .shape(
                    tensor: "rnn.weight_hh_l0", found: [5, 4],
                    expected: "H, 3·H or 4·H rows for H columns (RNN, GRU, LSTM)"))
        #expect(
            try error { replace("readout.bias", in: &$0, by: Matrix(rows: 1, columns: 2)) }
                == .shape(tensor: "readout.bias", found: [1, 2], expected: "[2]"))
        #expect(
            try error { replace("readout.bias", in: &$0, by: Matrix([[0, .nan]]), asVector: true) }
                == .notFinite(tensor: "readout.bias", index: 1))
    }

    @Test func brokenMetadataAreNamed() throws {
        func error(_ key: String, _ value: String) throws -> ModelError {
            try self.error { $0.metadata[key] = value }
        }
        let cells = "one of elman, lstm, gru, gru-reset-before"
        #expect(
            try error("network.cell", "hopfield")
                == .metadata(key: "network.cell", found: "hopfield", expected: cells))
        let outputs = "one of linear, softmax, sigmoid"
        #expect(
            try error("network.output", "argmax")
                == .metadata(key: "network.output", found: "argmax", expected: outputs))
        #expect(
            try error("network.recurrent", "perhaps")
                == .metadata(key: "network.recurrent", found: "perhaps", expected: "true or false"))
    }

    @Test func aStateWidthThatItsTensorsDoNotHoldAllocatesNothing() throws {
        // H = 1,000,000 would make W_s eight terabytes; only W_x and W_y are really there.
        func widen(_ file: inout Safetensors) {
            replace("rnn.weight_ih_l0", in: &file, by: Matrix(rows: 1_000_000, columns: 1))
            replace("readout.weight", in: &file, by: Matrix(rows: 1, columns: 1_000_000))
        }
        #expect(
            try error(widen)
                == .shape(
                    tensor: "rnn.weight_ih_l0", found: [1_000_000, 1],
                    expected: "5 rows, as 'rnn.weight_hh_l0' has"))
        let feedforward = try error {
            widen(&$0)
            $0.metadata["network.recurrent"] = "false"
            $0.tensors.removeAll { $0.name == "rnn.weight_hh_l0" }
        }
        #expect(feedforward == .shape(tensor: "rnn.bias_ih_l0", found: [5], expected: "[1000000]"))
    }

    @Test func filesThatAreNotThereOrCannotBeWrittenSaySo() throws {
        let missing = try #require(throws: FileError.self) {
            try RecurrentNetwork<Double>(contentsOf: "/nowhere/model.safetensors")
        }
        #expect(missing.description == "/nowhere/model.safetensors: there is no such file; check the path")
        let network = try Drawn<Double>(Problem()).network
        let unwritable = try #require(throws: FileError.self) { try network.write(to: "/nowhere/m") }
        #expect(unwritable.description.contains("folder /nowhere is missing"))
        try Fixtures.withTemporaryFolder { folder in
            // Renaming onto a folder fails at the last moment; nothing may be left behind.
            try FileManager.default.createDirectory(atPath: folder + "/m", withIntermediateDirectories: true)
            #expect(throws: FileError.self) { try network.write(to: folder + "/m") }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["m"])
        }
    }

    @Test(arguments: [Float.nan, .infinity])
    func aNetworkThatCouldNotBeReadDoesNotReplaceOneThatCan(value: Float) throws {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder + "/model.safetensors"
            var generator = RandomGenerator(seed: 1)
            let good = RecurrentNetwork<Float>(
                NetworkConfiguration(inputWidth: 1, stateWidth: 2, outputWidth: 1), using: &generator)
            try good.write(to: path)
            var broken = good
            broken.parameters[.stateWeights] = Matrix([[0, value], [0, 0]])
            let error = #expect(throws: FileError.self) { try broken.write(to: path) }
            #expect(
                error?.path == path && error?.problem.contains("since W_s has NaN or an infinity") == true)
            #expect(try RecurrentNetwork(contentsOf: path) == good)
        }
    }
}
