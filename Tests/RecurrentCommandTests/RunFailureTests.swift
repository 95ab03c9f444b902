import Foundation
import Testing

@testable import RecurrentCommand

/// Runs that fail, are interrupted or are resumed.
@Suite struct RunFailureTests {
    @Test func theReportOfARunThatFailedSaysSo() throws {
        let arguments = ["train", "series", "--seeds", "1", "--learning-rate", "1e300", "--run", "r"]
        let command = try Command.run(arguments) { command, folder in
            let page = try String(contentsOf: folder.appendingPathComponent("r/report.html"), encoding: .utf8)
            #expect(page.contains("<b>stopped</b>") && page.contains("try a smaller learning rate"))
            #expect(!page.contains("http-equiv=\"refresh\""))
        }
        #expect(command.status == 1 && command.output.isEmpty)
        #expect(command.errors.contains("learning rate"), "\(command.errors)")
    }

    /// A limit on the size of files stands for a disk that is full.
    @Test func aFullDiskEndsTheRunAndItIsResumedLater() throws {
        let train = "train speech --seeds 1 --run cut"
        let limited = "trap '' XFSZ; ulimit -f 200; exec '\(Command.executable.path)' \(train)"
        let shell = URL(fileURLWithPath: "/bin/sh")
        let whole = try TrainedRun.speech.get()
        _ = try Command.run(["-c", limited], executable: shell) { command, folder in
            #expect(command.status == 1 && command.output.isEmpty)
            #expect(
                command.errors.contains("cut/") && command.errors.contains("written"), "\(command.errors)")
            let resumed = try Command.output(
                ["train", "--resume", "--run", "cut", "--format", "csv"], in: folder)
            // The whole run has a second seed.
            let scores = resumed.split(separator: "\n")
            #expect(scores.count >= 5 && Set(scores).isSubset(of: whole.output.split(separator: "\n")))
            let model = try Data(contentsOf: folder.appendingPathComponent("cut/model.safetensors"))
            #expect(try whole.data("model.safetensors") == model)
        }
    }

    @Test func aRunIsResumedAsItWasBegun() throws {
        let begin = ["train", "series", "--seeds", "1", "--epochs", "2", "--run", "r"]
        _ = try Command.run(begin) { command, folder in
            try #require(command.status == 0, "\(command.errors)")
            // All of it, some of it, or none may be said again.
            for again in [begin + ["--resume"], ["train", "series", "--resume", "--run", "r"]] {
                #expect(try Command.output(again, in: folder) == command.output)
            }
            let run = folder.appendingPathComponent("r").path
            for other in [["series", "--epochs", "3"], ["speech"], ["series", "--seed", "1"]] {
                let command = try Command.run(["train"] + other + ["--resume", "--run", run])
                #expect(command.status == 1)
                #expect(command.errors.contains("begun as: rnn train series --seeds 1 --epochs 2"))
            }
        }
    }

    @Test func runsWithoutANameGetNumbers() throws {
        let arguments = ["train", "series", "--seeds", "1", "--epochs", "1"]
        _ = try Command.run(arguments) { command, folder in
            try #require(command.status == 0, "\(command.errors)")
            #expect(command.output.contains("report: runs/series/report.html"))
            let second = try Command.output(arguments, in: folder)
            #expect(second.contains("report: runs/series-2/report.html"))
            #expect(try Command.output(["train", "series", "--resume"], in: folder) == second)
        }
    }

    /// A text in which lines are numbered.
    private static func text(_ words: String) -> Data {
        Data((0..<60).map { "\($0) \(words)\n" }.joined().utf8)
    }

    private static let small = [
        "train", "language", "--data", "t.txt", "--seeds", "1", "--epochs", "1", "--state-width", "4",
        "--run",
    ]

    @Test func dataThatHaveChangedAreNoticed() throws {
        _ = try Command.run(Self.small + ["r"], input: ["t.txt": Self.text("old words")]) { command, folder in
            try #require(command.status == 0, "\(command.errors)")
            let file = folder.appendingPathComponent("t.txt")
            let copy = folder.appendingPathComponent("r").path
            func refused(_ words: String) throws {
                for arguments in [["evaluate", copy], ["train", "--resume", "--run", copy]] {
                    let again = try Command.run(arguments, input: ["t.txt": Data(contentsOf: file)])
                    #expect(again.status == 1 && again.errors.contains(words), "\(again.errors)")
                }
            }
            _ = try Command.output(["evaluate", "r"], in: folder)
            try Self.text("new words").write(to: file)
            try refused("changed since the run was begun")
            // From another folder the path leads nowhere.
            let elsewhere = try Command.run(["evaluate", copy])
            #expect(elsewhere.status == 1 && elsewhere.errors.contains("run the command where"))
            // A model of another run on other data.
            _ = try Command.output(Self.small + ["q"], in: folder)
            try FileManager.default.removeItem(atPath: copy + "/model.safetensors")
            try FileManager.default.copyItem(
                atPath: folder.path + "/q/model.safetensors", toPath: copy + "/model.safetensors")
            try Self.text("old words").write(to: file)
            let swapped = try Command.run(["evaluate", copy], input: ["t.txt": Self.text("old words")])
            #expect(swapped.errors.contains("not trained by the run"), "\(swapped.errors)")
        }
    }

    @Test func dataThatAreReadOnceAreAskedForAgain() throws {
        let shell = URL(fileURLWithPath: "/bin/sh")
        let words = Self.small.map { $0 == "t.txt" ? "-" : $0 } + ["r"]
        let line = "cat t.txt | '\(Command.executable.path)' \(words.joined(separator: " "))"
        let input = ["t.txt": Self.text("words")]
        _ = try Command.run(["-c", line], input: input, executable: shell) { command, folder in
            try #require(command.status == 0, "\(command.errors)")
            let run = folder.appendingPathComponent("r").path
            let again = try Command.run(["evaluate", run])
            #expect(again.status == 1 && again.errors.contains("give them with --data"), "\(again.errors)")
            _ = try Command.output(["evaluate", "r", "--data", "t.txt"], in: folder)
        }
    }

    @Test func aRunAtWorkIsLeftAlone() throws {
        try Command.inNewFolder { folder in
            let process = try Command.start(["train", "speech", "--seeds", "1", "--run", "r"], in: folder)
            let run = folder.appendingPathComponent("r").path
            func log() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: run + "/events.jsonl")) }
            func wait(until size: Int) {
                while process.isRunning, (try? log().count) ?? 0 < size { usleep(5_000) }
            }
            wait(until: 20_000)
            let second = try Command.run(["train", "--resume", "--run", run])
            #expect(second.status == 1 && second.errors.contains("another process"), "\(second.errors)")
            wait(until: try log().count + 20_000)
            #expect(process.isRunning, "it goes on")
            process.interrupt()
            process.waitUntilExit()
            #expect(process.terminationStatus == ExitStatus.interrupted.rawValue)
            let lines = try log().split(separator: 10)
            let begins = lines.filter { $0.range(of: Data("\"event\":\"training\"".utf8)) != nil }
            #expect(begins.count == 1)
            #expect(lines.allSatisfy { (try? JSONSerialization.jsonObject(with: $0)) != nil })
        }
    }

    @Test func resultsThatCannotBeWrittenAreAnError() throws {
        let shell = URL(fileURLWithPath: "/bin/sh")
        for arguments in ["doctor --format json", "explain", "reproduce --list"] {
            let line = "'\(Command.executable.path)' \(arguments) > /dev/full"
            let command = try Command.run(["-c", line], executable: shell)
            #expect(command.status == 1 && command.errors.contains("is the disk full?"), "\(arguments)")
        }
    }
}
