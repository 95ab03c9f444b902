import Foundation
import RecurrentLinearAlgebra
import Recurrent
import Testing

/// The user's own tables: training, evaluation, prediction and forecast.
@Suite struct OwnSeriesTests {
    /// A sine and a cosine on days one after the other: what a network of eight states learns in seconds.
    private static func waves(_ days: Range<Int>, date: (Int) -> String = Self.date) -> Data {
        let rows = days.map { day in
            let (sine, cosine) = (100 + 50 * sin(Double(day) / 5), -3 + 2 * cos(Double(day) / 5))
            return "\(date(day)),\(cosine),\"\(day == 17 ? "NA" : "\(sine)")\""
        }
        return Data(("\u{FEFF}day,other,\"the value\"\r\n" + rows.joined(separator: "\r\n")).utf8)
    }

    private static func date(_ day: Int) -> String {
        Date(timeIntervalSince1970: Double(day) * 86_400).formatted(.iso8601.year().month().day())
    }

    private static let small = [
        "--window", "12", "--state-width", "8", "--epochs", "30", "--seeds", "1", "--run", "r", "--format",
        "csv",
    ]

    /// The fields of each line; names do not have commas here.
    private func lines(_ csv: String) -> [[String]] {
        csv.replacing("\"network, seed 1\"", with: "network").split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    @Test func severalColumnsWithDatesAreLearnedAndForecast() throws {
        let train = [
            "train", "series", "--data", "s.csv", "--columns", "the value,other", "--date-column", "day",
            "--missing", "interpolate",
        ]
        let files = ["s.csv": Self.waves(0..<400), "later.csv": Self.waves(300..<500)]
        _ = try Command.run(train + Self.small, input: files) { training, folder in
            try #require(training.status == 0, "\(training.errors)")
            let scores = Dictionary(
                uniqueKeysWithValues: lines(training.output).dropFirst().map {
                    ($0[0], Double($0[1]) ?? .nan)
                })
            #expect(try #require(scores["network"]) < 2)
            #expect(try #require(scores["persistence (the previous value)"]) > 6)
            func run(_ arguments: [String]) throws -> [[String]] {
                lines(try Command.output(arguments + ["--format", "csv"], in: folder))
            }

            let evaluation = try run(["evaluate", "r", "--data", "later.csv"])
            #expect(evaluation.map { $0[0] } == ["column", "the value", "other"])
            #expect(
                evaluation.dropFirst().allSatisfy { (Double($0[2]) ?? .nan) < (Double($0[4]) ?? .nan) / 2 })

            // A table may come through a pipe.
            let pipe = "cat later.csv | '\(Command.executable.path)' evaluate r --data - --format csv"
            let shell = URL(fileURLWithPath: "/bin/sh")
            #expect(lines(try Command.output(["-c", pipe], in: folder, executable: shell)) == evaluation)

            let predictions = try run(["predict", "r/model.safetensors", "--data", "later.csv"])
            #expect(
                predictions[0] == ["time", "the value", "the value predicted", "other", "other predicted"])
            #expect(predictions.count == 1 + 200 - 12 + 1 && predictions[1][0] == Self.date(312))
            #expect(predictions.last?[0] == Self.date(500) && predictions.last?[1] == "")

            let forecast = try run(["forecast", "r", "--data", "later.csv", "--horizon", "30"])
            #expect(forecast.count == 31 && forecast[1][0] == Self.date(500))
            for (ahead, row) in forecast.dropFirst().enumerated() {
                let numbers = row.dropFirst().compactMap { Double($0) }
                try #require(numbers.count == 6)
                #expect(abs(numbers[0] - 100 - 50 * sin(Double(500 + ahead) / 5)) < 25)
                #expect(numbers[1] < numbers[0] && numbers[0] < numbers[2])
            }
            // The picture has all of it.
            _ = try run(["forecast", "r", "--horizon", "30", "--picture", "p.svg"])
            let svg = try String(contentsOf: folder.appendingPathComponent("p.svg"), encoding: .utf8)
            #expect(svg.hasPrefix("<svg") && svg.hasSuffix("</svg>\n") && !svg.contains("nan"))
            let curves = svg.split(separator: "\n").filter { $0.hasPrefix("<polyline") }
            #expect(curves.map { $0.split(separator: ",").count - 1 } == [100, 100, 30])
        }
    }

    @Test func theSeedDecides() throws {
        let arguments = ["train", "series", "--data", "s.csv", "--columns", "other"] + Self.small
        let input = ["s.csv": Self.waves(0..<300)]
        let first = try Command.run(arguments, input: input)
        #expect(first.status == 0, "\(first.errors)")
        #expect(try Command.run(arguments, input: input).output == first.output)
        let other = try Command.run(arguments + ["--seed", "2"], input: input)
        #expect(other.status == 0 && other.output != first.output)
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
        (rows(400) { "\($0),\($0 % 7)" }, ["--date-column", "'t'"]),
    ]

    @Test(arguments: bad.indices)
    func badFilesGetOneLineAndLeaveNothing(index: Int) throws {
        let (csv, words) = Self.bad[index]
        let dates = words[0] == "--date-column" ? ["--date-column", "t"] : []
        let command = try Command.run(
            ["train", "series", "--data", "s.csv", "--columns", "x"] + dates + Self.small,
            input: ["s.csv": Data(csv.utf8)])
        #expect(command.status == 1 && command.files.isEmpty && command.output.isEmpty)
        let expected = words.dropFirst(dates.count / 2)
        #expect(expected.allSatisfy { command.errors.contains($0) }, "\(command.errors)")
        #expect(command.errors.split(separator: "\n").count == 1, "\(command.errors)")
    }

    @Test func aRunBeyondTheMemoryIsAnError() throws {
        // A batch of 66 GB.
        let long = Data(Self.rows(20_000) { "\($0),\($0 % 7)" }.utf8)
        let large = try Command.run(
            [
                "train", "series", "--data", "s.csv", "--columns", "x", "--window", "8000",
                "--state-width", "2000", "--batch-size", "100000", "--run", "r",
            ], input: ["s.csv": long])
        #expect(large.status == 1 && large.errors.contains("smaller --batch-size"), "\(large.errors)")
    }
}
