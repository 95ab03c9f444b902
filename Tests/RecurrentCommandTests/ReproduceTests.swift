import Foundation
import Testing

@testable import RecurrentCommand

@Suite struct ReproduceTests {
    /// The fields of each line of the table; the first three are blank in all but the first line of a reproduction.
    private func rows(_ output: String) -> [[String]] {
        output.split(separator: "\n").filter { $0.hasSuffix("pass") || $0.hasSuffix("FAIL") }.map { line in
            line.components(separatedBy: "   ").map { $0.trimmingCharacters(in: .whitespaces) }
                .filter { !$0.isEmpty }
        }
    }

    /// The label and the value of each measurement.
    private func results(_ output: String) -> [[String]] {
        rows(output).map { fields in
            let fields = fields.count == 9 ? Array(fields.dropFirst(3)) : fields
            return [fields[0], fields[3]]
        }
    }

    @Test func publishedResultsComeOut() throws {
        let command = try Command.run(["reproduce", "--all"])
        #expect(command.status == 0, "\(command.output) \(command.errors)")
        #expect(command.output.hasSuffix("11 of 11 reproduced.\n"))
        let rows = rows(command.output)
        #expect(rows.filter { $0.count == 9 }.map { $0[0] } == reproductions.map(\.name))
        #expect(rows.count == 30 && rows.allSatisfy { [5, 9].contains($0.count) && $0.last == "pass" })
        #expect(command.errors.isEmpty && command.files.isEmpty)
    }

    @Test func theSeedDecides() throws {
        let first = try Command.run(["reproduce", "letter-sequence", "character-model"])
        #expect(first.status == 0 && first.output.hasSuffix("2 of 2 reproduced.\n"), "\(first.errors)")
        let again = try Command.run(["reproduce", "character-model", "letter-sequence"])
        #expect(results(again.output) == results(first.output) && results(first.output).count == 5)
        let other = try Command.run(["reproduce", "letter-sequence", "character-model", "--seed", "2"])
        #expect(other.status == 0 && results(other.output) != results(first.output))
    }

    @Test func wrongNamesAreAnsweredWithTheRightOnes() throws {
        for arguments in [["no-such-result"], [], ["--all", "reber-grammar"], ["reber-grammar", "x"]] {
            let command = try Command.run(["reproduce"] + arguments)
            #expect(command.status == 64 && command.output.isEmpty, "\(arguments)")
            #expect(reproductions.allSatisfy { command.errors.contains($0.name) }, "\(command.errors)")
        }
        let list = try Command.run(["reproduce", "--list"])
        #expect(list.status == 0 && list.output.split(separator: "\n").count == reproductions.count + 1)
    }

    @Test func whatCannotRunFailsAndDoesNotStopTheOthers() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let alone = folder.appendingPathComponent("rnn")
        try FileManager.default.copyItem(at: Command.executable, to: alone)
        let command = try Command.run(
            ["reproduce", "japanese-vowels", "exact-jacobians"], executable: alone)
        #expect(command.status == 1 && command.output.hasSuffix("1 of 2 reproduced.\n"))
        #expect(command.output.contains("FAIL") && command.output.contains("pass"))
        #expect(command.errors.contains("JapaneseVowels_TRAIN.ts: there is no such file"))
        #expect(command.errors.split(separator: "\n").count == 1, "\(command.errors)")
    }

    @Test func aNumberOutsideItsLimitFails() {
        func passes(_ value: Double, _ bound: Bound) -> Bool {
            Measurement(label: "", published: "", bound: bound, value: value).passes
        }
        let bounds: [Bound] = [.below(1), .above(1), .atMost(1), .atLeast(1), .exactly(1)]
        #expect(bounds.map { passes(0.5, $0) } == [true, false, true, false, false])
        #expect(bounds.map { passes(1, $0) } == [false, false, true, true, true])
        #expect(bounds.map { passes(1.5, $0) } == [false, true, false, true, false])
        #expect(!bounds.contains { passes(.nan, $0) })
    }
}
