import Foundation
import Recurrent
import Testing

/// The user's own sequences with their classes.
@Suite struct OwnSequencesTests {
    /// Circles drawn one way or the other, of different lengths; every fifth from another place.
    private static let circles: [(points: [[Double]], isLeft: Bool)] = (0..<60).map { index in
        let (isLeft, length) = (index % 2 == 0, 12 + index % 7)
        let points = (0..<length).map { step in
            let angle = Double(index) + (isLeft ? 1 : -1) * 0.4 * Double(step)
            return [cos(angle) + Double(index % 3), sin(angle)]
        }
        return (points, isLeft)
    }

    private static let archive: Data = {
        let lines = circles.map { circle in
            let channels = (0..<2).map { channel in
                circle.points.map { "\($0[channel])" }.joined(separator: ",")
            }
            return channels.joined(separator: ":") + (circle.isLeft ? ":left" : ":right")
        }
        let header = "@problemName circles\n@univariate false\n@classLabel true left right\n@data\n"
        return Data((header + lines.joined(separator: "\n") + "\n").utf8)
    }()

    private static let short = ["--seeds", "1", "--epochs", "40", "--state-width", "8", "--run", "r"]

    @Test func seriesFromAnArchiveFileAreToldApart() throws {
        let train = ["train", "gesture", "--data", "c.ts"] + Self.short
        _ = try Command.run(train, input: ["c.ts": Self.archive]) { command, folder in
            try #require(command.status == 0, "\(command.errors)")
            let held = try Command.output(["evaluate", "r"], in: folder)
            #expect(held.contains("accuracy 1.0000, 12 of 12"), "\(held)")
            #expect(try Command.output(["evaluate", "r", "--data", "c.ts"], in: folder).contains("60 of 60"))
            let found = try Command.output(["predict", "r", "--data", "c.ts", "--format", "csv"], in: folder)
            let rows = found.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
            #expect(rows.count == 60 && rows.allSatisfy { $0[1] == $0[2] })
        }
    }

    @Test func arraysAreToldApartByTheirClasses() throws {
        let sequences = Self.circles.map { Array($0.points.prefix(12)) }
        let array = NumPyArray(shape: [60, 12, 2], values: sequences.joined().flatMap { $0 })
        let classes = NumPyArray(shape: [60], values: Self.circles.map { $0.isLeft ? 3 : 7 })
        try Command.inNewFolder { folder in
            try array.write(to: folder.appendingPathComponent("x.npy").path)
            try classes.write(to: folder.appendingPathComponent("y.npy").path)
            let data = ["--data", "x.npy", "--labels", "y.npy"]
            _ = try Command.output(["train", "gesture"] + data + Self.short, in: folder)
            #expect(try Command.output(["evaluate", "r"] + data, in: folder).contains("60 of 60"))
            let found = try Command.output(
                ["predict", "r", "--data", "x.npy", "--format", "csv"], in: folder)
            let rows = found.split(separator: "\n").dropFirst().map { String($0.split(separator: ",")[1]) }
            #expect(rows == Self.circles.map { $0.isLeft ? "3" : "7" })
        }
    }

    @Test func filesThatDoNotFitAModelAreRefused() throws {
        let train = ["train", "speech", "--data", "c.ts"] + Self.short
        let header = "@classLabel true left right up\n@univariate false\n@data\n"
        let files = [
            "c.ts": Self.archive, "other.ts": Data("\(header)1,2:3,4:up\n".utf8),
            "narrow.ts": Data("@classLabel true left right\n@data\n1,2:left\n".utf8),
            "gap.ts": Data("@classLabel true left right\n@univariate false\n@data\n1,?,3:3,4,5:left\n".utf8),
            "none.ts": Data("@univariate false\n@classLabel false\n@data\n1,2:3,4\n".utf8),
        ]
        _ = try Command.run(train, input: files) { command, folder in
            try #require(command.status == 0, "\(command.errors)")
            let run = folder.appendingPathComponent("r").path
            func refused(_ arguments: [String], _ words: String) throws {
                let command = try Command.run(arguments, input: files)
                #expect(command.status == 1 && command.output.isEmpty)
                #expect(command.errors.contains(words), "\(arguments): \(command.errors)")
                #expect(command.errors.split(separator: "\n").count == 1)
            }
            try refused(["evaluate", run, "--data", "other.ts"], "class 'up'")
            try refused(["evaluate", run, "--data", "narrow.ts"], "1 channels, but the network takes 2")
            try refused(["evaluate", run, "--data", "none.ts"], "classes of the sequences are missing")
            try refused(["evaluate", run, "--data", "gap.ts"], "gap.ts:4: channel 1, value 2")
            try refused(["evaluate", run, "--data", "gap.ts", "--missing", "previous"], "interpolate")
            let filled = try Command.run(
                ["evaluate", run, "--data", "gap.ts", "--missing", "interpolate"], input: files)
            #expect(filled.status == 0 && filled.output.contains("of 1;"), "\(filled.errors)")
            try refused(["evaluate", run, "--data", "c.csv"], "give a .ts file")
            #expect(try Command.run(["evaluate", run, "--labels", "y.npy"]).status == 64)
            try refused(["predict", run, "--text", "hello"], "classifier of series")
            try refused(
                ["predict", run, "--data", "c.ts", "--text-column", "a"], "--text-column does not apply")
            try refused(["forecast", run], "not a series model")
            try refused(["generate", run], "not a language model")
            try refused(["evaluate", run + "/model.safetensors"], "not a run")
            // The metadata of the model are checked too.
            let path = run + "/model.safetensors"
            var file = try Safetensors(contentsOf: path)
            for (card, words) in [
                ("{}", "damaged"), (nil, "rnn inspect"),
                (file.metadata["classes"]?.replacing("right", with: "left\",\"right"), "3 classes for 2"),
            ] {
                file.metadata["classes"] = card
                try file.write(to: path)
                try refused(["predict", path, "--data", "c.ts"], words)
            }
        }
    }
}
