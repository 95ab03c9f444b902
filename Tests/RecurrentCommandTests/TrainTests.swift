import Foundation
import Recurrent
import Testing

@testable import RecurrentCommand

@Suite(.serialized) struct TrainTests {
    /// The number in the line of a table in CSV that begins with `name`.
    private func score(_ name: String, in csv: String) throws -> Double {
        let line = try #require(csv.split(separator: "\n").first { $0.contains(name) })
        return try #require(Double(line.split(separator: ",").last ?? ""))
    }

    /// The mark of each application; for series the median of five seeds, since single ones scatter. The language model
    /// has a few passes over the text here, since all take minutes.
    @Test(arguments: [
        ("series", 5, "median", 0...16.45), ("speech", 2, "seed 1", 0.965...1),
        ("gesture", 1, "seed 1", 0.85...1), ("sentiment", 1, "seed 1", 0.84...1),
        ("language", 1, "seed 1", 0...1.83),
    ])
    func everyApplicationReachesItsMark(
        name: String, seeds: Int, line: String, range: ClosedRange<Double>
    ) throws {
        let run =
            try name == "speech"
            ? TrainedRun.speech.get()
            : TrainedRun(name, seeds: seeds, options: name == "language" ? ["--epochs", "4"] : [])
        #expect(range.contains(try score(line, in: run.output)), "\(run.output)")
        let page = String(decoding: try run.data("report.html"), as: UTF8.self)
        #expect(page.hasSuffix("</html>\n") && !page.contains("http-equiv=\"refresh\""))
        #expect(page.utf8.count < 500_000)
        if name == "language" {
            try countsAgree(run.output)
            try generates(from: run.folder.path)
        }
        if name == "series" {
            #expect(page.contains("2009-07"), "the first month after the series")
            try forecasts(from: run.folder.path)
        }
        try evaluationAgrees(run)
        let files = try FileManager.default.contentsOfDirectory(atPath: run.folder.path)
        #expect(files.sorted() == ["events.jsonl", "model.safetensors", "report.html", "run.json"])
    }

    /// The scores of Kneser–Ney smoothing on this text, recorded once from another implementation, to 0.003.
    private func countsAgree(_ csv: String) throws {
        for (order, bits) in [(5, 1.707), (6, 1.675), (7, 1.667), (8, 1.664)] {
            let found = try score("contexts of up to \(order) characters", in: csv)
            #expect(abs(found - bits) < 0.003, "order \(order): \(found)")
        }
    }

    /// Evaluating the first network gives the score of the run again.
    private func evaluationAgrees(_ run: TrainedRun) throws {
        let evaluation = try Command.run(["evaluate", run.folder.path])
        #expect(evaluation.status == 0, "\(evaluation.errors)")
        let results = try run.data("events.jsonl").split(separator: 10).filter {
            $0.range(of: Data("\"result\"".utf8)) != nil
        }
        let first = try JSONDecoder().decode(TrainingResult.self, from: try #require(results.first))
        #expect(evaluation.output.contains(String(format: "%.4f", first.score)), "\(evaluation.output)")
    }

    private func forecasts(from run: String) throws {
        let forecast = try Command.run(["forecast", run, "--horizon", "60", "--format", "csv"])
        let rows = forecast.output.split(separator: "\n").map { $0.split(separator: ",") }
        #expect(rows[0] == ["time", "sunspots", "sunspots at least", "sunspots at most"])
        #expect(rows.count == 61 && rows[1][0] == "2009-07" && rows[60][0] == "2014-06")
        let numbers = rows.dropFirst().map { $0.dropFirst().compactMap { Double($0) } }
        #expect(numbers.allSatisfy { $0.count == 3 && $0[1] < $0[0] && $0[0] < $0[2] })
        // The further ahead, the less is known.
        #expect(numbers[59][2] - numbers[59][1] > 2 * (numbers[0][2] - numbers[0][1]))
    }

    private func generates(from run: String) throws {
        let options = ["generate", run, "--length", "80", "--prompt", "In the "]
        let text = try Command.run(options).output
        #expect(text.hasPrefix("In the ") && text.count == 88)
        #expect(try Command.run(options).output == text)
        #expect(try Command.run(options + ["--seed", "2"]).output != text)
        let likeliest = try Command.run(options + ["--temperature", "0"]).output
        #expect(try Command.run(options + ["--top-k", "1", "--seed", "3"]).output == likeliest)
        let unknown = try Command.run(["generate", run, "--prompt", "a€"])
        #expect(
            unknown.status == 1 && unknown.output.isEmpty
                && unknown.errors.contains("character 2 of 'a€', '€'"), "\(unknown.errors)")
        let next = try Command.run(["predict", run, "--text", "And Jesus sai", "--format", "csv"]).output
        #expect(next.split(separator: "\n")[1].hasPrefix("And Jesus sai,d,0."), "\(next)")
    }

    @Test func anInterruptedRunEndsWithTheSameModelAndScores() throws {
        let whole = try TrainedRun.speech.get()
        try Command.inNewFolder { folder in
            let process = try Command.start(["train", "speech", "--seeds", "2", "--run", "cut"], in: folder)
            let log = folder.appendingPathComponent("cut/events.jsonl")
            while process.isRunning, (try? Data(contentsOf: log).count) ?? 0 < 200_000 { usleep(10_000) }
            process.interrupt()
            process.waitUntilExit()
            #expect(process.terminationStatus == ExitStatus.interrupted.rawValue)
            let resume = ["train", "--resume", "--format", "csv", "--run", "cut"]
            #expect(try Command.output(resume, in: folder) == whole.output)
            let model = try Data(contentsOf: folder.appendingPathComponent("cut/model.safetensors"))
            #expect(try whole.data("model.safetensors") == model)
        }
    }

    @Test func foldersAndModelsThatDoNotFitAreRefused() throws {
        let cases: [([String], [String: Data], String)] = [
            (["train", "speech", "--run", "."], ["x": Data()], "something in this folder"),
            (["train", "speech", "--run", ".", "--resume"], ["x": Data()], "this is not a run"),
            (
                ["train", "speech", "--run", ".", "--resume"], ["run.json": Data("{}".utf8)],
                "does not describe a run"
            ),
            (["generate", "."], ["x": Data()], "no model in this folder"),
            (["generate", "m"], ["m": Data("x".utf8)], "m: "),
            (["generate", "nothing"], [:], "no such file"),
        ]
        for (arguments, input, words) in cases {
            let command = try Command.run(arguments, input: input)
            #expect(command.status == 1 && command.errors.contains(words), "\(arguments): \(command.errors)")
            #expect(command.output.isEmpty)
        }
        for wrong in [
            ["train"], ["train", "singing"], ["train", "speech", "--seeds", "0"],
            ["train", "speech", "--words"], ["train", "series", "--columns", "a"], ["train", "--resume"],
            ["train", "series", "--window", "1"], ["train", "series", "--learning-rate", "nan"],
            ["train", "series", "--data", "s.csv", "--columns", ","],
            ["train", "series", "--data", "s.csv", "--columns", "a, a"],
            ["generate", "m", "--top-p", "2"], ["forecast", "m", "--horizon", "0"], ["predict", "m"],
            ["predict", "m", "--data", "x", "--text", "y"], ["evaluate"],
        ] {
            #expect(try Command.run(wrong).status == ExitStatus.wrongOptions.rawValue)
        }
    }

    @Test func lowTemperaturesAndFewSymbolsNarrowWhatIsDrawn() {
        var generator = RandomGenerator(seed: 1)
        let probabilities = [0.1, 0.4, 0.3, 0.2]
        func drawn(_ sampler: Sampler) -> [Int] {
            var counts = [0, 0, 0, 0]
            for _ in 0..<2000 { counts[sampler.draw(from: probabilities, using: &generator)] += 1 }
            return counts
        }
        let all = drawn(Sampler(temperature: 1, topK: nil, topP: nil))
        for (count, probability) in zip(all, probabilities) {
            #expect(abs(Double(count) / 2000 - probability) < 0.05)
        }
        #expect(drawn(Sampler(temperature: 0, topK: nil, topP: nil)) == [0, 2000, 0, 0])
        #expect(
            drawn(Sampler(temperature: 1, topK: 2, topP: nil)).enumerated().allSatisfy {
                ($1 > 0) == [1, 2].contains($0)
            })
        #expect(drawn(Sampler(temperature: 1, topK: nil, topP: 0.65))[0] == 0)
        #expect(drawn(Sampler(temperature: 1, topK: nil, topP: 0.65))[3] == 0)
    }
}
