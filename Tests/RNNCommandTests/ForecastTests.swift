import Foundation
import LinearAlgebra
import Recurrent
import Testing

@Suite struct ForecastTests {
    /// The number behind the first line of a table that begins with `name`.
    private func error(_ name: String, in output: String) throws -> Double {
        let line = try #require(
            output.split(separator: "\n").first { $0.drop { $0 == " " }.hasPrefix(name) })
        return try #require(Double(line.split(separator: " ").last ?? ""))
    }

    @Test func theMainJobBeatsTheAutoregressiveModels() throws {
        let command = try Command.run(["forecast", "--seeds", "5"]) { command, folder in
            try #require(command.status == 0, "\(command.errors)")
            let path = folder.appendingPathComponent("output/forecast.safetensors").path
            let network = try ElmanNetwork<Double>(contentsOf: path)
            #expect(
                network.configuration == ElmanConfiguration(inputWidth: 1, stateWidth: 24, outputWidth: 1))
            let svg = try String(
                contentsOf: folder.appendingPathComponent("output/forecast.svg"), encoding: .utf8)
            #expect(svg.hasPrefix("<svg") && svg.hasSuffix("</svg>\n") && !svg.contains("nan"))
            let lines = svg.split(separator: "\n").filter { $0.hasPrefix("<polyline") }
            #expect(lines.map { $0.split(separator: ",").count - 1 } == [742, 594, 132])
        }
        // Figures that plain tools give for the same split, to two digits.
        #expect(try error("persistence", in: command.output) == 18.48)
        #expect(try error("AR(12)", in: command.output) == 16.88)
        #expect(try error("AR(36)", in: command.output) == 16.55)
        #expect(try error("Elman network", in: command.output) < 16.54)
        #expect(try error("median of 5 seeds", in: command.output) < 16.54)
        let lines = command.errors.split(separator: "\n")
        #expect(lines.count == 5 * 40, "without a terminal a line an epoch")
        #expect(lines[0].hasPrefix("seed 1, epoch 1/40, loss ") && lines[0].hasSuffix(" left"))
        #expect(!command.errors.contains("\r") && !command.errors.contains("\u{1B}"))
        #expect(command.files == ["output", "output/forecast.safetensors", "output/forecast.svg"])
    }

    /// A sine with a trend of none: what a network of eight states learns in seconds.
    private static let sine: Data = {
        let rows = (0..<400).map { "\($0),\"\(100 + 50 * sin(Double($0) / 5))\"" }
        return Data(("\u{FEFF}step,\"the value\"\r\n" + rows.joined(separator: "\r\n")).utf8)
    }()

    private static let small = [
        "--window", "12", "--state-width", "8", "--epochs", "30", "--horizon", "20", "--model", "m",
        "--picture", "p",
    ]

    @Test func onesOwnSeriesIsLearnedAndTheSeedDecides() throws {
        let arguments = ["forecast", "--csv", "s.csv", "--column", "the value"] + Self.small
        let first = try Command.run(arguments, input: ["s.csv": Self.sine])
        #expect(first.status == 0 && first.files == ["m", "p"], "\(first.errors)")
        #expect(try error("Elman network", in: first.output) < 5)
        #expect(try error("persistence", in: first.output) > 6)
        #expect(try Command.run(arguments, input: ["s.csv": Self.sine]).output == first.output)
        let other = try Command.run(arguments + ["--seed", "2"], input: ["s.csv": Self.sine])
        #expect(other.output != first.output)
    }

    private static func rows(_ count: Int, _ row: (Int) -> String) -> String {
        "t,x\n" + (0..<count).map { row($0) + "\n" }.joined()
    }

    /// A file, and what the one line of the error must hold.
    static let bad: [(csv: String, words: [String])] = [
        ("t,y\n1,2\n", ["s.csv:1", "no column 'x'", "'t', 'y'"]),
        (rows(100) { "\($0),\($0 == 41 ? "many" : "1.\($0)")" }, ["s.csv:43", "'many'", "column 'x'"]),
        (rows(100) { "\($0),\($0 == 41 ? "" : "1.\($0)")" }, ["s.csv:43", "empty cell"]),
        (rows(100) { "\($0),1.\($0)\($0 == 41 ? ",5" : "")" }, ["s.csv:43", "3 fields"]),
        (rows(1) { "\($0),1" }, ["1 values are too few", "--window"]),
        (rows(16) { "\($0),\($0 % 3)" }, ["16 values are too few", "--window"]),
        (rows(400) { "\($0),7" }, ["constant", "nothing to learn"]),
        ("1,2\n3,4\n", ["s.csv:1", "no header"]),
        ("", ["s.csv", "empty"]),
        (rows(400) { "\($0),\($0 % 7)e300" }, ["too large"]),
        ("t,x\n1,\"2\n", ["s.csv:2", "never closed"]),
    ]

    @Test(arguments: 0..<11)
    func badFilesGetOneLineAndLeaveNothing(index: Int) throws {
        let (csv, words) = Self.bad[index]
        let command = try Command.run(
            ["forecast", "--csv", "s.csv", "--column", "x"] + Self.small, input: ["s.csv": Data(csv.utf8)])
        #expect(command.status == 1 && command.files.isEmpty && command.output.isEmpty)
        #expect(words.allSatisfy { command.errors.contains($0) }, "\(command.errors)")
        #expect(command.errors.split(separator: "\n").count == 1, "\(command.errors)")
    }

    @Test func aMissingFileAndAnUnwritableFolderAreNamed() throws {
        let missing = try Command.run(["forecast", "--csv", "nowhere.csv", "--column", "x"])
        #expect(missing.status == 1 && missing.errors.contains("nowhere.csv: there is no such file"))
        let unwritable = try Command.run(["forecast", "--epochs", "1", "--model", "/proc/none/m"])
        #expect(unwritable.status == 1 && unwritable.errors.contains("/proc/none"))
        #expect(unwritable.files.isEmpty)
    }

    @Test func outputsThatCannotBeWrittenAreRefusedBeforeTheWork() throws {
        let input = ["s.csv": Self.sine]
        let arguments = ["forecast", "--csv", "s.csv", "--column", "the value", "--window", "12"]
        for (model, picture) in [("s.csv", "p"), ("m", "./m"), ("m", "/tmp"), ("", "p"), ("/dev/null", "p")] {
            let command = try Command.run(
                arguments + ["--model", model, "--picture", picture], input: input)
            #expect(
                command.status == 1 && command.output.isEmpty && command.files.isEmpty, "\(model) \(picture)")
            #expect(command.errors.split(separator: "\n").count == 1, "\(command.errors)")
        }
    }

    @Test func moreMemoryThanThereIsIsRefused() throws {
        // A batch of terabytes, whatever the machine.
        let long = Data(Self.rows(20_000) { "\($0),\($0 % 7)" }.utf8)
        let command = try Command.run(
            [
                "forecast", "--csv", "s.csv", "--column", "x", "--window", "8000", "--state-width", "4096",
                "--batch-size", "100000",
            ], input: ["s.csv": long])
        #expect(command.status == 1 && command.errors.contains("smaller --batch-size"), "\(command.errors)")
    }

    @Test(arguments: [
        ["--window", "0"], ["--window", "x"], ["--state-width", "-1"], ["--learning-rate", "nan"],
        ["--learning-rate", "0"], ["--seeds", "0"], ["--horizon", "0"], ["--column", "x"], ["--unknown"],
    ])
    func wrongUsageExitsWith64(arguments: [String]) throws {
        let command = try Command.run(["forecast"] + arguments)
        #expect(command.status == 64 && command.files.isEmpty)
    }

    @Test func aLearningRateThatExplodesSaysSo() throws {
        let command = try Command.run(["forecast", "--epochs", "3", "--learning-rate", "1e300"])
        #expect(command.status == 1 && command.files == ["output"])
        #expect(command.errors.contains("--learning-rate"), "\(command.errors)")
        let inOneStep = try Command.run([
            "forecast", "--epochs", "1", "--batch-size", "100000", "--learning-rate", "1e308",
        ])
        #expect(inOneStep.status == 1 && inOneStep.errors.contains("learning"), "\(inOneStep.errors)")
    }
}
