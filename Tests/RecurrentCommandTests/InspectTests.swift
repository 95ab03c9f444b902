import Foundation
import RecurrentLinearAlgebra
import Recurrent
import Testing

@testable import RecurrentCommand

@Suite struct InspectTests {
    private static func network(
        _ layers: Int = 1, _ directions: Directions = .forward, recurrent: Bool = true
    ) -> RecurrentNetwork<Float> {
        var generator = RandomGenerator(seed: 1)
        let configuration = NetworkConfiguration(
            inputWidth: 3, stateWidth: 4, outputWidth: 2, layers: layers, output: .softmax,
            directions: directions, recurrent: recurrent)
        return RecurrentNetwork(configuration, initialiser: .orthogonal, using: &generator)
    }

    private static func bytes(_ values: [Float]) -> Safetensors.Tensor {
        Safetensors.Tensor(name: "x", Matrix([values]), asVector: true)
    }

    private func objects(_ command: Command) throws -> [[String: Any]] {
        try #require(
            try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [[String: Any]],
            "\(command.output) \(command.errors)")
    }

    @Test func aModelIsShownWithItsTensorsAndItsRecurrence() throws {
        let file = Self.network(2, .bidirectional).safetensors(metadata: [
            "note": String(repeating: "long ", count: 100)
        ])
        let command = try Command.run(["inspect", "m"], input: ["m": file.data])
        #expect(command.status == 0 && command.errors.isEmpty)
        let parameters = NetworkConfiguration(
            inputWidth: 3, stateWidth: 4, outputWidth: 2, layers: 2, directions: .bidirectional)
        #expect(
            command.output.hasPrefix(
                "m: 3 inputs, 2 layers of 4 bidirectional tanh units, 2 softmax outputs; \(ParameterLayout(parameters).count) parameters\n"
            ))
        for tensor in file.tensors { #expect(command.output.contains(tensor.name)) }
        // An orthogonal W_s: both numbers are 1.
        let spectra = command.output.split(separator: "\n").filter { $0.hasSuffix(" %") }
        #expect(spectra.count == 4)
        for line in spectra {
            let fields = line.split(separator: " ").map(String.init)
            #expect(fields[0].hasPrefix("rnn.weight_hh_l") && fields[1] == "1" && fields[2] == "1")
        }
        #expect(command.output.contains("network.output"))
        let note = try #require(command.output.split(separator: "\n").last { $0.hasPrefix("  note ") })
        #expect(note.hasSuffix("…") && note.count < 100)
    }

    @Test func numbersAreThoseOfTheTensor() throws {
        let file = Safetensors(tensors: [Self.bytes([3, -4, 0, 0, .nan, .infinity, 12, 1])])
        let command = try Command.run(["inspect", "m", "--format", "json"], input: ["m": file.data])
        let row = try objects(command)[0]
        #expect(row["tensor"] as? String == "x" && row["shape"] as? String == "8")
        #expect(row["min"] as? Double == -4 && row["max"] as? Double == 12 && row["mean"] as? Double == 2)
        #expect(row["zeros"] as? Int == 2 && row["not finite"] as? Int == 2)
        #expect(abs(try #require(row["norm"] as? Double) - 170.0.squareRoot()) < 1e-14)
        #expect(abs(try #require(row["deviation"] as? Double) - (146.0 / 6).squareRoot()) < 1e-14)
        #expect(row["spectral norm"] is NSNull)
    }

    @Test func hugeAndTinyNumbersNeitherOverflowNorVanish() throws {
        let huge = try #require(TensorStatistics([1e308, -1e308, 1e308, 1e308]))
        #expect(huge.norm == .infinity, "√Σx² = 2e308 itself is beyond what Double holds")
        #expect(huge.mean == 5e307 && abs(huge.deviation / 1e308 - 0.75.squareRoot()) < 1e-15)
        let tiny = try #require(TensorStatistics([3e-320, 4e-320]))
        #expect(tiny.norm == 5e-320 && tiny.least == 3e-320)
        #expect(TensorStatistics([]) == nil)
        let none = try #require(TensorStatistics([.nan, .infinity]))
        #expect(none.notFinite == 2 && none.zeros == 0)
        #expect([none.least, none.most, none.mean, none.deviation, none.norm].allSatisfy { $0.isNaN })
        let zeros = try #require(TensorStatistics([0, 0]))
        #expect(zeros.norm == 0 && zeros.deviation == 0 && zeros.zeros == 2)
    }

    @Test func everyNumberTypeIsRead() throws {
        func numbers(_ type: String, _ bytes: [UInt8], _ count: Int) throws -> [Double]? {
            let header =
                #"{"x":{"dtype":"\#(type)","shape":[\#(count)],"data_offsets":[0,\#(bytes.count)]}}"#
            var data = Data([UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0])
            data.append(Data(header.utf8))
            return try Safetensors(data + Data(bytes))["x"]?.numbers
        }
        #expect(try numbers("F16", [0, 0x3C, 0, 0xC0], 2) == [1, -2])
        #expect(try numbers("BF16", [0x80, 0x3F, 0x40, 0xC0], 2) == [1, -3])
        #expect(try numbers("BOOL", [0, 1], 2) == [0, 1])
        #expect(try numbers("U8", [255], 1) == [255])
        #expect(try numbers("I8", [255], 1) == [-1])
        #expect(try numbers("U16", [1, 2], 1) == [513])
        #expect(try numbers("I16", [0xFE, 0xFF], 1) == [-2])
        #expect(try numbers("U32", [0, 0, 0, 0x80], 1) == [2_147_483_648])
        #expect(try numbers("I32", [0, 0, 0, 0x80], 1) == [-2_147_483_648])
        #expect(try numbers("I64", Array(repeating: 0xFF, count: 8), 1) == [-1])
        #expect(try numbers("U64", [0, 0, 0, 0, 0, 0, 0, 0x80], 1) == [9_223_372_036_854_775_808])
        #expect(try numbers("F8_E4M3", [1], 1) == nil)
        #expect(try numbers("F64", [], 0) == [])
    }

    @Test func aFolderOfARunIsItsModel() throws {
        let command = try Command.run(
            ["inspect", "."], input: ["model.safetensors": Self.network().safetensors().data])
        #expect(command.status == 0 && command.output.contains("3 inputs, 4 tanh units, 2 softmax outputs"))
    }

    @Test func whatPyTorchSavedIsReadWithAssumptions() throws {
        let tensors = Self.network().safetensors().tensors
        let command = try Command.run(
            ["inspect", "m"], input: ["m": Safetensors(tensors: tensors).data])
        #expect(command.status == 0 && command.output.contains("3 inputs, 4 tanh units, 2 linear outputs"))
        #expect(command.output.contains("does not name all functions"))
    }

    @Test func aNetworkThatHasDivergedIsStillShown() throws {
        var network = Self.network()
        network.parameters[.stateWeights] = Matrix(rows: 4, columns: 4) { _, _ in .nan }
        let command = try Command.run(["inspect", "m"], input: ["m": network.safetensors().data])
        #expect(command.status == 0 && command.output.contains("has NaN or an infinity"))
        let line = command.output.split(separator: "\n").first { $0.hasPrefix("  rnn.weight_hh") }
        #expect(line?.hasSuffix(" 16") == true)
    }

    @Test func cellsThatPyTorchDoesNotHaveAreShownAsTensors() throws {
        let shapes = [("rnn.weight_ih_l0", 20), ("rnn.weight_hh_l0", 20), ("readout.weight", 2)]
        let tensors = shapes.map { name, rows in
            Safetensors.Tensor(name: name, Matrix<Float>(rows: rows, columns: 4))
        }
        let command = try Command.run(["inspect", "m"], input: ["m": Safetensors(tensors: tensors).data])
        #expect(
            command.status == 0
                && command.output.contains("not a recurrent network: tensor 'rnn.weight_hh_l0' has"))
        #expect(!command.output.contains("spectral"))
    }

    @Test func otherFilesAreShownAsTensors() throws {
        var file = Self.network().safetensors()
        file.tensors.append(Self.bytes([1, 2]))
        let command = try Command.run(["inspect", "m"], input: ["m": file.data])
        let tensors = file.tensors.count
        #expect(
            command.status == 0 && command.output.hasPrefix("m: \(tensors) tensors, not a recurrent network"))
        #expect(command.output.contains("does not have: x"))
        let empty = try Command.run(["inspect", "m"], input: ["m": Safetensors(tensors: []).data])
        #expect(empty.status == 0 && empty.output.hasPrefix("m: 0 tensors, not a recurrent network"))
    }

    @Test func aTensorsValuesAreShownWithTheirPlaces() throws {
        let matrix = Matrix<Float>([[0.5, 1, 2], [3, 4, -5]])
        var file = Safetensors(tensors: [
            Safetensors.Tensor(name: "m", matrix), Self.bytes([7, 8]),
        ])
        file.metadata["a"] = "b"
        let input = ["f": file.data]
        let csv = try Command.run(["inspect", "f", "--tensor", "m", "--format", "csv"], input: input)
        #expect(csv.output == "place,0,1,2\n0,0.5,1,2\n1,3,4,-5\n")
        let vector = try Command.run(["inspect", "f", "--tensor", "x"], input: input)
        #expect(vector.output == "  place   value\n  0           7\n  1           8\n")
    }

    @Test func placesOfManyDimensionsAreCountedFromTheLast() throws {
        let values = Data((0..<12).map { UInt8($0) })
        let header = #"{"x":{"dtype":"U8","shape":[2,2,3],"data_offsets":[0,12]}}"#
        let data = Data([UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0]) + Data(header.utf8) + values
        let csv = try Command.run(["inspect", "f", "--tensor", "x", "--format", "csv"], input: ["f": data])
        #expect(csv.output == "place,0,1,2\n\"0,0\",0,1,2\n\"0,1\",3,4,5\n\"1,0\",6,7,8\n\"1,1\",9,10,11\n")
    }

    /// A file, further options, and words that the one line of the error must contain.
    static let bad: [(data: Data, options: [String], words: [String])] = [
        (Data(), [], ["m: not a safetensors file"]),
        (Data("PK\u{3}\u{4} and so on, in a long file".utf8), [], ["m: a ZIP archive", "save_file"]),
        (Data("time,value\n1,2\n3,4\n".utf8), [], ["m: not a safetensors file"]),
        (network().safetensors().data.dropLast(), [], ["m: truncated or damaged"]),
        (network().safetensors().data, ["--tensor", "y"], ["no tensor 'y'", "'rnn.weight_hh_l0'"]),
        (
            Safetensors(tensors: [bytes(Array(repeating: 0, count: 70_000))]).data, ["--tensor", "x"],
            ["70000 values", "65536"]
        ),
        (
            Safetensors(tensors: [bytes([])]).data, ["--tensor", "x"], ["m: tensor 'x' has 0 values"]
        ),
    ]

    @Test(arguments: 0..<7)
    func badFilesGetOneLine(index: Int) throws {
        let (data, options, words) = Self.bad[index]
        let command = try Command.run(["inspect", "m"] + options, input: ["m": data])
        #expect(command.status == 1 && command.output.isEmpty)
        #expect(words.allSatisfy { command.errors.contains($0) }, "\(command.errors)")
        #expect(command.errors.split(separator: "\n").count == 1, "\(command.errors)")
    }

    @Test func whatIsNotThereIsNamed() throws {
        let missing = try Command.run(["inspect", "none"])
        #expect(missing.status == 1 && missing.errors.contains("none: there is no such file"))
        let folder = try Command.run(["inspect", "."])
        #expect(folder.status == 1 && folder.errors.contains("no model in this folder"))
        #expect(try Command.run(["inspect"]).status == 64)
    }

    @Test func noBytesCrashIt() throws {
        let good = [UInt8](Self.network().safetensors().data)
        var generator = RandomGenerator(seed: 7)
        for _ in 0..<20 {
            var bytes = good
            for _ in 0..<3 {
                bytes[generator.index(below: good.count)] = UInt8(generator.index(below: 256))
            }
            let command = try Command.run(["inspect", "m"], input: ["m": Data(bytes)])
            #expect([0, 1].contains(command.status), "\(command.errors)")
        }
    }
}
