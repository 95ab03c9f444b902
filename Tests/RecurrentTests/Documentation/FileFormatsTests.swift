import Foundation
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import TestSupport
import Testing

/// The examples of FileFormats.md, and the wording of errors that it quotes.
@Suite struct FileFormatsTests {
    private let files: [String: String] = [
        "prices.csv": "month,price\n2024-01,3\n2024-02,?\n2024-03,5\n",
        "archive.ts": "@classLabel true one two\n@data\n1,?,3:4,5,6:ONE\n2,2:1,0:two\n",
        "book.txt": "to be or not\nto be\n",
        "ratings.tsv": "label\ttext\ngood\ta fine day\nbad\train\n",
    ]

    @Test func everyFormatIsReadAsThePageSays() throws {
        try Fixtures.withTemporaryFolder { folder in
            for (name, text) in files {
                try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
            }
            try readTables(folder + "/prices.csv")
            try readSeries(folder + "/archive.ts")
            try readText(folder + "/book.txt", ratings: folder + "/ratings.tsv", path: folder + "/reading")
            try readArrays(recorded: folder + "/recorded.npy", outputs: folder + "/outputs.npy")
            try readModels(path: folder + "/model.safetensors", folder: folder + "/checkpoints")
        }
    }

    private func readTables(_ prices: String) throws {
        let table = try CSVTable(contentsOf: prices)
        let price = try table.numbers(in: "price", missing: .interpolate)
        let dates = try table.dates(in: "month")
        print(price, dates.step, dates.following(2))
        #expect(price == [3, 4, 5] && dates.following(2).map(\.description) == ["2024-04", "2024-05"])

        var reader = try CSVReader(prices)
        let column = try reader.index(of: "price")
        var sum = 0.0
        while try reader.next() { sum += try reader.number(column) ?? 0 }
        #expect(sum == 8)
    }

    private func readSeries(_ archive: String) throws {
        let vowels = try TimeSeriesFile(contentsOf: archive, missing: .interpolate)
        let data = try SequenceDataSet<Double>(
            vowels.series.map(\.steps), targets: .classPerSequence(vowels.series.map(\.label)))
        #expect(data.lengths == [3, 2] && data.width == 2 && vowels.series[0].steps[1] == [2, 5])
        #expect(vowels.series.map(\.label) == [0, 1])
    }

    private func readText(_ book: String, ratings: String, path: String) throws {
        let vocabulary = try Vocabulary(countingSymbolsOf: book, limit: 200, unknown: .replace)
        let tokens = try TextReader.tokens(of: book, vocabulary: vocabulary)
        print(vocabulary.text(of: tokens.prefix(9)))
        #expect(vocabulary.text(of: tokens.prefix(9)) == "to be or ")

        var generator = RandomGenerator(seed: 1)
        let reading = RecurrentNetwork<Float>(
            NetworkConfiguration(
                inputWidth: vocabulary.count, stateWidth: 4, outputWidth: vocabulary.count, output: .softmax),
            using: &generator)
        try reading.write(to: path, metadata: vocabulary.metadata)
        let same = try Vocabulary(metadata: Safetensors(contentsOf: path).metadata)
        #expect(same == vocabulary)

        let rated = try LabelledText(contentsOf: ratings, textColumn: "text", labelColumn: 1)
        print(rated.rows[0].text, rated.rows[0].label, rated.rows[0].line)
        #expect(rated.rows.map(\.label) == ["good", "bad"] && rated.rows[0].line == 2)
    }

    private func readArrays(recorded: String, outputs: String) throws {
        var generator = RandomGenerator(seed: 1)
        let network = RecurrentNetwork<Double>(
            NetworkConfiguration(inputWidth: 1, stateWidth: 4, outputWidth: 2), using: &generator)
        let pass = try network.forward(SequenceBatch([[[1], [2], [3]]]))
        try NumPyArray(shape: [2, 3, 1], values: [1, 2, 3, 4, 5, 6]).write(to: recorded)

        let array = try NumPyArray(contentsOf: recorded)
        let sequences = try array.sequences()  // B × T × I, T × I or T
        try NumPyArray(shape: [pass.outputs.rows, pass.outputs.columns], values: pass.outputs.elements)
            .write(to: outputs, as: .float32)
        #expect(sequences == [[[1], [2], [3]], [[4], [5], [6]]])
        let written = try NumPyArray(contentsOf: outputs)
        #expect(written.shape == [3, 2] && written.values == pass.outputs.elements.map { Double(Float($0)) })
    }

    private func readModels(path: String, folder: String) throws {
        var generator = RandomGenerator(seed: 1)
        let network = RecurrentNetwork<Double>(
            NetworkConfiguration(inputWidth: 1, stateWidth: 4, outputWidth: 1), using: &generator)

        try network.write(to: path, metadata: ["trained on": "sunspots"])
        let again = try RecurrentNetwork<Double>(contentsOf: path)
        #expect(again == network)

        try Safetensors(tensors: Safetensors(contentsOf: path).tensors).write(to: path)
        let foreign = try RecurrentNetwork<Float>(
            contentsOf: path, assuming: AssumedFunctions(activation: .tanh, output: .linear))
        #expect(foreign == network.converted(to: Float.self))
        try readPartsByName(path: path)

        let data = try SequenceDataSet<Double>([[[1], [2]]], targets: .everyStep([[[2], [1]]]))
        let settings = TrainingSettings(loss: .squaredError, learningRate: 0.1, epochs: 1)
        let trainer = try Trainer(
            network, on: .sequences(data), settings, checkpoints: CheckpointFolder(folder))
        var checkpoint = ""
        try trainer.run { if case .checkpoint(let path, _) = $0 { checkpoint = path } }

        let best = try RecurrentNetwork<Double>(checkpoint: checkpoint)
        let current = try RecurrentNetwork<Double>(checkpoint: folder, .current)
        #expect(current == trainer.network && best == trainer.bestNetwork)
    }

    private func readPartsByName(path: String) throws {
        var file = try ForeignFile(
            Problem(cell: .lstm), names: ["rnn": "model.encoder", "readout": "model.fc"])
        file.add("model.decoder.weight_ih_l0", 20, 2)
        try file.file.write(to: path)
        let translator = try RecurrentNetwork<Double>(
            contentsOf: path, assuming: AssumedFunctions(output: .linear),
            parts: ModelParts(recurrent: "model.encoder", readOut: "model.fc", ignoresOthers: true))
        #expect(translator == file.network)
    }

    @Test func errorsAreWordedAsThePageSays() throws {
        let page = try Page("FileFormats.md").text
        try Fixtures.withTemporaryFolder { folder in
            func expect(_ name: String, _ bytes: Data, _ read: (String) throws -> Void) throws {
                try bytes.write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
                let error = #expect(throws: FileError.self) { try read("\(folder)/\(name)") }
                let message = error?.description.replacing("\(folder)/", with: "") ?? "none"
                #expect(page.contains("    \(message)\n"), "\(message)")
            }
            try expect("prices.csv", Data("month,price\n1,2\n2,abc\n".utf8)) {
                _ = try CSVTable(contentsOf: $0).numbers(in: "price")
            }
            try expect("vowels.ts", Data("# vowels\n@classLabel true one two\n@data\n1:one\n2:four\n".utf8)) {
                _ = try TimeSeriesFile(contentsOf: $0)
            }
            var generator = RandomGenerator(seed: 1)
            var file = RecurrentNetwork<Double>(
                NetworkConfiguration(inputWidth: 1, stateWidth: 2, outputWidth: 1), using: &generator
            ).safetensors()
            file.tensors.removeAll { $0.name == "rnn.weight_hh_l0" }
            try expect("model.pt", Data("PK\u{3}\u{4}.............model/data.pkl".utf8)) {
                _ = try RecurrentNetwork<Double>(contentsOf: $0)
            }
            try expect("model.safetensors", file.data) { _ = try RecurrentNetwork<Double>(contentsOf: $0) }
        }
    }
}
