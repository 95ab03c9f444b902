import Foundation
import RecurrentLinearAlgebra
import Recurrent
import Testing

@testable import RecurrentCommand
@testable import RecurrentPresentation

/// Every application with every cell, on small data of its own.
@Suite struct CellTests {
    private static let text = Data(
        (0..<400).map { $0 % 2 == 0 ? "the cat sat on the mat.\n" : "a dog ran in the fog.\n" }.joined().utf8)

    private static let waves: Data = {
        let header = "@univariate true\n@classlabel true slow fast\n@data\n"
        let rows = (0..<48).map { row -> String in
            let isFast = row % 2 == 1
            let values = (0..<10 + row % 3).map { fixed(sin(Double($0 + row) * (isFast ? 1.5 : 0.3)), 4) }
            return values.joined(separator: ",") + ":" + (isFast ? "fast" : "slow")
        }
        return Data((header + rows.joined(separator: "\n") + "\n").utf8)
    }()

    private static let opinions: Data = {
        let rows = (0..<60).map { row -> String in
            row % 2 == 0 ? "a good \(row % 5) day\tup" : "a bad \(row % 5) day\tdown"
        }
        return Data("text\tclass\n\(rows.joined(separator: "\n"))\n".utf8)
    }()

    private static let series: Data = {
        let values = (0..<200).map { fixed(sin(Double($0) / 3), 5) }
        return Data("v\n\(values.joined(separator: "\n"))\n".utf8)
    }()

    struct Case: CustomTestStringConvertible, Sendable {
        let application: String
        let file: String
        let data: Data
        var options: [String] = []
        /// A command that uses the model.
        let use: [String]
        var testDescription: String { application }
    }

    static let cases = [
        Case(
            application: "series", file: "s.csv", data: series, options: ["--window", "12"],
            use: ["forecast", "r", "--horizon", "5"]),
        Case(
            application: "language", file: "t.txt", data: text, options: ["--embedding-width", "5"],
            use: ["generate", "r", "--length", "20"]),
        Case(
            application: "sentiment", file: "o.tsv", data: opinions,
            options: ["--text-column", "text", "--label-column", "class", "--embedding-width", "4"],
            use: ["predict", "r", "--text", "a good day"]),
        Case(
            application: "speech", file: "w.ts", data: waves, options: ["--directions", "bidirectional-sum"],
            use: ["predict", "r", "--data", "w.ts"]),
        Case(
            application: "gesture", file: "w.ts", data: waves, options: ["--directions", "forward"],
            use: ["predict", "r", "--data", "w.ts"]),
    ]

    @Test(arguments: cases, CellKind.allCases)
    func everyApplicationTrainsAndUsesEveryCell(_ example: Case, cell: CellKind) throws {
        let options = [
            "--cell", cell.rawValue, "--layers", "2", "--state-width", "6", "--dropout", "0.1",
            "--state-dropout", "0.1", "--read-out-dropout", "0.1", "--seeds", "1", "--epochs", "2",
            "--batch-size",
            "4", "--run", "r",
        ]
        let arguments = ["train", example.application, "--data", example.file] + example.options + options
        _ = try Command.run(arguments, input: [example.file: example.data]) { command, folder in
            try #require(command.status == 0, "\(command.errors)")
            try describes(example.application, cell, folder)
            let page = try String(contentsOf: folder.appendingPathComponent("r/report.html"), encoding: .utf8)
            report(page, of: cell)
            // The score of the run again.
            let evaluated = try Command.output(["evaluate", "r", "--format", "csv"], in: folder)
            #expect(evaluated.split(separator: "\n").count > 1)
            #expect(!(try Command.output(example.use, in: folder)).isEmpty)
            let inspected = try Command.output(["inspect", "r"], in: folder)
            #expect(inspected.contains("has no spectrum here") == (cell != .elman))
            #expect(inspected.contains("spectral radius") == (cell == .elman))
        }
    }

    /// The words of the network and of its cell in `run.json`.
    private func describes(_ application: String, _ cell: CellKind, _ folder: URL) throws {
        let description = try RunDescription(inFolder: folder.appendingPathComponent("r").path)
        let activation = application == "language" ? "relu" : "tanh"
        let direction =
            application == "speech"
            ? "summed bidirectional " : application == "sentiment" ? "bidirectional " : ""
        let word = [CellKind.elman: activation, .lstm: "LSTM", .gru: "GRU"][cell] ?? ""
        #expect(description.cell == cell)
        #expect(
            description.network.contains("2 layers of 6 \(direction)\(word) units"), "\(description.network)")
        #expect(description.network.hasSuffix("dropout 0.1, state dropout 0.1, read-out dropout 0.1"))
        #expect(
            description.network.contains("embedded in") == ["language", "sentiment"].contains(application))
    }

    private func report(_ page: String, of cell: CellKind) {
        #expect(page.contains("Saturated gates, in %") == (cell != .elman))
        #expect(page.contains("Saturated states, in %") == (cell == .elman))
        #expect(page.contains("Eigenvalues of Wₛ") == (cell == .elman))
        #expect(page.contains("Mean of the forget gate") == (cell == .lstm))
        #expect(page.contains("No spectrum of Wₛ is shown") == (cell != .elman))
        #expect(page.contains("‖∂E/∂sₜ‖ over time") && !page.contains("NaN"))
    }

    /// A gated cell keeps a state even without W_s, so that other cells stand in for it.
    @Test func theNetworkWithoutRecurrenceHasNoGates() throws {
        for (cell, name) in [
            ("lstm", "tanh units, without recurrence"), ("elman", "the same network without recurrence"),
        ] {
            let arguments = [
                "train", "speech", "--data", "w.ts", "--cell", cell, "--state-width", "3", "--seeds", "1",
                "--epochs", "1", "--run", "r",
            ]
            let command = try Command.run(arguments, input: ["w.ts": Self.waves])
            #expect(command.output.contains(name), "\(command.output) \(command.errors)")
        }
        let recipe = try Recipe(stateWidth: 3, epochs: 1, batchSize: 1, learningRate: 1).with(
            .parse(["--cell", "gru", "--layers", "2"]))
        let configuration = recipe.configuration(inputWidth: 2, outputWidth: 2, recurrent: false)
        #expect(configuration.layers.allSatisfy { $0.cell == .elman() && !$0.isRecurrent })
    }

    @Test func gatedCellsBeginWithOrthogonalMatricesAndOpenForgetGates() throws {
        let recipe = try Recipe(stateWidth: 4, epochs: 1, batchSize: 1, learningRate: 1, activation: .relu)
            .with(
                .parse(["--cell", "lstm"]))
        let network = RecurrentNetwork<Double>(
            recipe.configuration(inputWidth: 2, outputWidth: 2), elman: .identity, seed: 3)
        for gate in [Gate.input, .forget, .candidate, .output] {
            let W_s = try #require(network.parameters[.stateWeights(layer: 0, gate: gate)])
            for column in 0..<4 {
                let square = (0..<4).reduce(0.0) { $0 + W_s[$1, column] * W_s[$1, column] }
                #expect(abs(square - 1) < 1e-12)
            }
            let b_s = try #require(network.parameters[.stateBias(layer: 0, gate: gate)])
            #expect(b_s == Matrix(rows: 1, columns: 4) { _, _ in gate == .forget ? 1 : 0 })
        }
        let elman = RecurrentNetwork<Double>(
            try recipe.with(.parse(["--cell", "elman"])).configuration(inputWidth: 2, outputWidth: 2),
            elman: .identity, seed: 3)
        #expect(elman.configuration.layers[0].cell == .elman(.relu))
        #expect(elman.parameters[.stateWeights] == .identity(4))
    }

    /// The schedules of series and sentiment begin at their peak.
    @Test(arguments: [("series", 0.01, 0.05), ("sentiment", 0.003, 0.01)])
    func gatedCellsHaveTheirOwnLearningRate(application: String, elman: Double, gated: Double) throws {
        let its = try #require(Self.cases.first { $0.application == application })
        let choices: [([String], Double)] = [
            ([], elman), (["--cell", "elman"], elman), (["--cell", "lstm"], gated),
            (["--cell", "gru"], gated),
            (["--cell", "gru", "--learning-rate", "0.02"], 0.02),
        ]
        for (options, rate) in choices {
            let arguments = ["train", application, "--data", its.file, "--epochs", "1", "--seeds", "1"]
            let run = arguments + its.options + options + ["--run", "r"]
            _ = try Command.run(run, input: [its.file: its.data]) { command, folder in
                try #require(command.status == 0, "\(command.errors)")
                let events = try String(
                    contentsOf: folder.appendingPathComponent("r/events.jsonl"), encoding: .utf8)
                let first = try #require(
                    events.split(separator: "\n").first { $0.contains("\"step\":1,") })
                #expect(first.contains("\"learningRate\":\(rate),"), "\(options): \(first)")
            }
        }
    }

    /// Truncated windows carry s and c from one to the next, and into a checkpoint.
    @Test(arguments: [CellKind.lstm, .gru])
    func anInterruptedLanguageModelEndsWithTheSameModel(cell: CellKind) throws {
        let train = [
            "train", "language", "--data", "t.txt", "--cell", cell.rawValue, "--layers", "2", "--state-width",
            "16", "--state-dropout", "0.1", "--seeds", "1", "--epochs", "24", "--batch-size", "4", "--format",
            "csv",
            "--run",
        ]
        _ = try Command.run(train + ["whole"], input: ["t.txt": Self.text]) { whole, folder in
            try #require(whole.status == 0, "\(whole.errors)")
            let process = try Command.start(train + ["cut"], in: folder)
            let log = folder.appendingPathComponent("cut/events.jsonl")
            while process.isRunning, (try? Data(contentsOf: log).count) ?? 0 < 60_000 { usleep(2_000) }
            process.interrupt()
            process.waitUntilExit()
            #expect(process.terminationStatus == ExitStatus.interrupted.rawValue)
            let resumed = try Command.output(
                ["train", "--resume", "--format", "csv", "--run", "cut"], in: folder)
            #expect(resumed == whole.output)
            let models = try ["whole", "cut"].map {
                try Data(contentsOf: folder.appendingPathComponent("\($0)/model.safetensors"))
            }
            #expect(models[0] == models[1])
        }
    }

    @Test(arguments: [
        (["language", "--directions", "bidirectional"], "cannot read backwards"),
        (["series", "--directions", "bidirectional-sum"], "cannot read backwards"),
        (["speech", "--cell", "transformer"], "'elman', 'lstm' or 'gru'"),
        (["speech", "--layers", "0"], "--layers must be in 1...64"),
        (["speech", "--directions", "backward"], "--directions"),
        (["speech", "--dropout", "0.5"], "give two or more with --layers"),
        (["speech", "--dropout", "1", "--layers", "2"], "--dropout must be"),
        (["speech", "--dropout", "nan", "--layers", "2"], "--dropout must be"),
        (["speech", "--read-out-dropout=1"], "--read-out-dropout must be"),
        (["speech", "--state-dropout=-0.1"], "--state-dropout must be"),
        (["speech", "--embedding-width", "8"], "--embedding-width does not apply to speech"),
        (["language", "--embedding-width", "0"], "--embedding-width must be"),
    ])
    func wrongNetworksAreRefused(arguments: [String], words: String) throws {
        let command = try Command.run(["train"] + arguments)
        #expect(command.status == ExitStatus.wrongOptions.rawValue && command.files.isEmpty)
        #expect(command.errors.contains(words), "\(command.errors)")
    }

    @Test func otherCellsAreAnotherRun() throws {
        let begin = [
            "train", "speech", "--data", "w.ts", "--cell", "gru", "--state-width", "3", "--seeds", "1",
            "--epochs", "1", "--run", "r",
        ]
        _ = try Command.run(begin, input: ["w.ts": Self.waves]) { command, folder in
            try #require(command.status == 0, "\(command.errors)")
            #expect(try Command.output(begin + ["--resume"], in: folder) == command.output)
            let run = folder.appendingPathComponent("r").path
            let other = try Command.run(["train", "speech", "--cell", "lstm", "--resume", "--run", run])
            #expect(other.status == 1 && other.errors.contains("--cell gru"), "\(other.errors)")
        }
    }
}
