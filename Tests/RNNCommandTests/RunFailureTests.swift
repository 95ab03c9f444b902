import Foundation
import Testing

@testable import RNNCommand

/// Runs that do not come to their end.
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
    @Test func aFullDiskEndsTheRunAndItGoesOnLater() throws {
        let arguments = ["train", "speech", "--seeds", "1", "--format", "csv", "--run"]
        let limited =
            "trap '' XFSZ; ulimit -f 200; exec '\(Command.executable.path)' \(arguments.joined(separator: " ")) cut"
        let shell = URL(fileURLWithPath: "/bin/sh")
        _ = try Command.run(["-c", limited], executable: shell) { command, folder in
            #expect(command.status == 1 && command.output.isEmpty)
            #expect(
                command.errors.contains("cut/") && command.errors.contains("written"), "\(command.errors)")
            let resumed = try Command.output(
                ["train", "--resume", "--run", "cut", "--format", "csv"], in: folder)
            #expect(try Command.output(arguments + ["whole"], in: folder) == resumed)
            let models = try ["cut", "whole"].map {
                try Data(contentsOf: folder.appendingPathComponent("\($0)/model.safetensors"))
            }
            #expect(models[0] == models[1])
        }
    }

    @Test func aRunIsGoneOnWithAsItWasBegun() throws {
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
}
