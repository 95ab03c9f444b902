import Foundation
import Recurrent
import Testing

@Suite struct VerifyTests {
    private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures")

    private static func data(_ name: String) throws -> Data {
        try Data(contentsOf: fixtures.appendingPathComponent(name))
    }

    @Test(arguments: [("Cases", 12), ("Cells", 53)])
    func recordedCasesAgree(folder: String, leastCount: Int) throws {
        let folder = Self.fixtures.appendingPathComponent(folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".json") }
        let command = try Command.run(["verify"] + names.map { folder.appendingPathComponent($0).path })
        #expect(
            command.status == 0 && command.output.hasSuffix("\(names.count) of \(names.count) cases agree.\n")
        )
        #expect(names.count >= leastCount)
    }

    @Test func aRowStandsForEachParameterByPyTorchsName() throws {
        let good = try Self.data("Cells/gru-one-step.json")
        var changed = try #require(try JSONSerialization.jsonObject(with: good) as? [String: Any])
        var gradients = try #require(changed["gradients"] as? [String: Any])
        gradients["rnn.bias_hh_l0"] = [Double](repeating: 0, count: 21)
        changed["gradients"] = gradients
        let input = try ["good.json": good, "changed.json": JSONSerialization.data(withJSONObject: changed)]
        let command = try Command.run(["verify", "good.json", "changed.json"], input: input)
        let rows = command.output.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(rows.filter { $0.contains("agrees") }.count == 2 * 10 - 1)
        let deviating = rows.filter { $0.contains("DEVIATES") }
        #expect(deviating.count == 1 && deviating[0].first == "rnn.bias_hh_l0")
        #expect(command.status == 1 && command.output.hasSuffix("1 of 2 cases agree.\n"))
    }

    @Test(arguments: ["\"E\": ", "\"s0\": [[", "\"Ws\": [["])
    func aCaseWithAWrongNumberDeviates(place: String) throws {
        // Changes a digit in a result or in an input of the other implementation.
        let text = String(decoding: try Self.data("Cases/tanh.json"), as: UTF8.self)
        let start = try #require(text.range(of: place, options: .backwards)).upperBound
        let changed = text.replacingCharacters(in: start..<start, with: text[start] == "-" ? "" : "1")
            .replacingOccurrences(of: place + "-", with: place + "-1")
        let command = try Command.run(["verify", "c.json"], input: ["c.json": Data(changed.utf8)])
        #expect(command.status == 1 && command.output.contains("DEVIATES"))
    }

    @Test func brokenFilesGetOneLine() throws {
        let good = try Self.data("Cases/tanh.json")
        let broken: [(Data, String)] = [
            (Data(), "c.json: not a recorded case"), (good.dropLast(200), "Unexpected end of file"),
            (Data("{\"T\": \"x\"}".utf8), "T: not a whole number"),
            (Data([0xFF, 0xFE, 0]), "not a recorded case"),
        ]
        for (data, words) in broken {
            let command = try Command.run(["verify", "c.json"], input: ["c.json": data])
            #expect(command.status == 1 && command.errors.contains(words), "\(command.errors)")
            #expect(command.errors.split(separator: "\n").count == 1)
        }
        let both = try Command.run(
            ["verify", "c.json", "none.json", "d.json"], input: ["c.json": Data("{}".utf8), "d.json": good])
        #expect(both.status == 1 && both.errors.split(separator: "\n").count == 2)
        #expect(
            both.output.contains("d.json") && !both.output.contains("DEVIATES")
                && both.output.hasSuffix("1 of 3 cases agree.\n"))
        #expect(try Command.run(["verify", "none.json"]).errors.contains("none.json: there is no such file"))
        #expect(try Command.run(["verify"]).status == 64)
    }

    @Test(arguments: ["Cases/tanh-one-step.json", "Cells/lstm-one-unit.json"])
    func noBytesCrashTheReader(name: String) throws {
        let good = [UInt8](try Self.data(name))
        var generator = RandomGenerator(seed: 13)
        for _ in 0..<20 {
            var bytes = good
            for _ in 0..<3 {
                bytes[generator.index(below: good.count)] = UInt8(generator.index(below: 256))
            }
            let command = try Command.run(["verify", "c.json"], input: ["c.json": Data(bytes)])
            #expect(
                [0, 1].contains(command.status), "\(String(decoding: bytes, as: UTF8.self)) \(command.errors)"
            )
        }
    }
}
