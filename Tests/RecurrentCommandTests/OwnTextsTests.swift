import Foundation
import Recurrent
import Testing

/// The user's own texts, with classes and without.
@Suite struct OwnTextsTests {
    /// A language of two sentences.
    private static let text = Data(
        (0..<400).map { $0 % 2 == 0 ? "the cat sat on the mat.\n" : "a dog ran in the fog.\n" }.joined().utf8)

    private static let short = ["--seeds", "1", "--epochs", "20", "--state-width", "24", "--run", "r"]

    @Test(arguments: [[], ["--words"]])
    func aTextIsLearnedAndContinued(words: [String]) throws {
        let arguments = ["train", "language", "--data", "t.txt", "--batch-size", "4"] + words + Self.short
        let other = Data("the cat sat on the fog.\n".utf8)
        _ = try Command.run(arguments, input: ["t.txt": Self.text, "o.txt": other]) { command, folder in
            try #require(command.status == 0, "\(command.errors)")
            let unit = words.isEmpty ? "character" : "word"
            #expect(command.output.contains("bits per \(unit)"))
            func bits(_ options: [String]) throws -> Double {
                let csv = try Command.output(["evaluate", "r", "--format", "csv"] + options, in: folder)
                let row = csv.split(separator: "\n")[1].split(separator: ",")
                return try #require(Double(row[2]))
            }
            // Which of two sentences comes is one bit in 22 characters, or in 7 words.
            #expect(try bits([]) < 0.4)
            #expect(try bits(["--data", "o.txt"]) > bits([]))
            let next = try Command.output(
                ["predict", "r", "--text", "the cat sat on the", "--format", "csv"], in: folder)
            #expect(next.split(separator: "\n")[1].contains(words.isEmpty ? ", ,0.9" : ",mat,0."), "\(next)")
            let (prompt, rest) = words.isEmpty ? ("a dog ran in the f", "og") : ("a dog", " ran in")
            let text = try Command.output(
                ["generate", "r", "--prompt", prompt, "--temperature", "0", "--length", "2"], in: folder)
            #expect(text == prompt + rest + "\n")
        }
    }

    @Test func aTextIsEvaluatedInBoundedMemory() throws {
        let arguments = ["train", "language", "--data", "t.txt"] + Self.short
        _ = try Command.run(arguments, input: ["t.txt": Self.text]) { command, folder in
            try #require(command.status == 0, "\(command.errors)")
            let large = Data((0..<1500).flatMap { _ in Self.text.prefix(4000) })
            try large.write(to: folder.appendingPathComponent("large.txt"))
            // 6 MB of text would be 48 MB of tokens, and states of 576 MB.
            let peaks = try ["t.txt", "large.txt"].map { name in
                let command = "'\(Command.executable.path)' evaluate r --data \(name) --format csv"
                return try peakMemory(of: command, in: folder)
            }
            #expect(peaks[1] < peaks[0] + 20_000_000, "\(peaks)")
        }
    }

    /// The most memory that a shell's command held, in bytes.
    private func peakMemory(of command: String, in folder: URL) throws -> Int {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "exec \(command)"]
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        var peak = 0
        while process.isRunning {
            let status = try? String(
                contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
            let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
            let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
            peak = max(peak, (kilobytes.flatMap { Int($0) } ?? 0) * 1024)
            usleep(2000)
        }
        #expect(process.terminationStatus == 0)
        return try #require(peak > 0 ? peak : nil)
    }

    /// Reviews of two kinds; the classes are stars.
    private static let reviews: Data = {
        let rows = (0..<200).map { index in
            index % 2 == 0
                ? "5\ta wonderful evening number \(index), thank you"
                : "1\tan awful evening number \(index), never again"
        }
        return Data(("stars\treview\n" + rows.joined(separator: "\n") + "\n").utf8)
    }()

    @Test func labelledTextsAreToldApart() throws {
        let columns = ["--text-column", "review", "--label-column", "stars"]
        let train = ["train", "sentiment", "--data", "r.tsv"] + columns + Self.short
        let numbered = Data("a wonderful time\t5\nan awful time\t1\n".utf8)
        _ = try Command.run(train, input: ["r.tsv": Self.reviews, "n.tsv": numbered]) { command, folder in
            try #require(command.status == 0, "\(command.errors)")
            let held = try Command.output(["evaluate", "r"], in: folder)
            #expect(
                held.contains("accuracy 1.0000, 40 of 40; always the most frequent class 0.5000"), "\(held)")
            let other = [
                "evaluate", "r", "--data", "n.tsv", "--text-column", "1", "--label-column", "2",
            ]
            #expect(try Command.output(other, in: folder).contains("2 of 2"))
            let found = try Command.output(
                ["predict", "r", "--text", "awful", "--text", "thank you", "--format", "csv"], in: folder)
            let rows = found.split(separator: "\n").map { $0.split(separator: ",").prefix(2) }
            #expect(rows == [["sequence", "predicted"], ["awful", "1"], ["thank you", "5"]])
            let lines = try Command.output(
                ["predict", "r", "--data", "n.tsv", "--format", "csv"], in: folder)
            #expect(lines.split(separator: "\n").count == 3)
        }
    }

    @Test(arguments: [
        (["language"], "one line only\n", ["of 1 lines", "--test"]),
        (["language"], "a\u{0}b\n", ["t:1", "NUL"]),
        (["language"], (0..<12).map { "\($0)\n" }.joined(), ["too few", "longer text"]),
        (["sentiment"], "good\nbad\n", ["classes", "--label-column"]),
        (["sentiment", "--text-column", "1"], "good\tp\n", ["classes", "--label-column"]),
        (["sentiment", "--text-column", "1", "--label-column", "b"], "good\tp\n", ["both by"]),
        (["sentiment", "--text-column", "1", "--label-column", "2"], "good\tp\nnice\tp\n", ["class 'p'"]),
        (["sentiment", "--text-column", "1", "--label-column", "2"], "good\tp\nbad\tn\n", ["five"]),
        (
            ["sentiment", "--text-column", "1", "--label-column", "2"],
            "words\tmood\n" + String(repeating: "good\tp\nbad\tn\n", count: 10), ["class 'mood'", "by name"]
        ),
        (["sentiment", "--text-column", "a", "--label-column", "b"], "good\tp\nbad\tn\n", ["no column 'a'"]),
    ])
    func badTextsGetOneLineAndLeaveNothing(arguments: [String], text: String, words: [String]) throws {
        let command = try Command.run(
            ["train"] + arguments + ["--data", "t", "--run", "r"], input: ["t": Data(text.utf8)])
        #expect(command.status == 1 && command.files.isEmpty && command.output.isEmpty)
        #expect(words.allSatisfy { command.errors.contains($0) }, "\(command.errors)")
        #expect(command.errors.split(separator: "\n").count == 1, "\(command.errors)")
    }
}
