import Foundation
import Testing

@testable import RecurrentCommand

/// `--format`: with json and csv, standard output holds data only.
@Suite struct FormatTests {
    static let tanh = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures/Cases/tanh.json").path

    static let commands = [
        ["doctor"], ["verify", tanh], ["reproduce", "exact-jacobians"], ["reproduce", "--list"],
    ]

    @Test(arguments: commands)
    func jsonAndCSVHoldTheSame(arguments: [String]) throws {
        let json = try Command.run(arguments + ["--format", "json"])
        let csv = try Command.run(arguments + ["--format", "csv"])
        #expect(json.status == 0 && csv.status == 0 && json.errors.isEmpty && csv.errors.isEmpty)
        let objects = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
        let lines = csv.output.split(separator: "\n")
        #expect(objects.count >= 3 && lines.count == objects.count + 1)
        let names = lines[0].split(separator: ",").map(String.init)
        #expect(objects.allSatisfy { Set($0.keys) == Set(names) } && !names.contains(""))
    }

    @Test func programsGetAllDigitsAndEveryName() throws {
        let json = try Command.run(["reproduce", "exact-jacobians", "--format", "json"]).output
        let objects = try #require(
            try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
        #expect(objects.count == 3 && objects.allSatisfy { $0["name"] as? String == "exact-jacobians" })
        #expect(objects.allSatisfy { $0["ours"] is NSNumber && $0["seconds"] is NSNumber })
        #expect(objects[2]["verdict"] as? String == "pass" && (objects[2]["ours"] as? Double) == 0)
        let csv = try Command.run(["verify", Self.tanh, "--format", "csv"]).output
        #expect(csv.split(separator: "\n").dropFirst().allSatisfy { $0.hasPrefix(Self.tanh) })
    }

    @Test func unknownFormatsAreAnsweredWithTheKnownOnes() throws {
        let command = try Command.run(["doctor", "--format", "xml"])
        #expect(command.status == 64 && command.output.isEmpty)
        #expect(["table", "json", "csv"].allSatisfy { command.errors.contains($0) })
    }

    @Test func whatRepeatsIsShownToPeopleOnce() {
        var table = Table(["a", "b", "c"], leftAligned: 3, shownOnce: ["a", "c"])
        table.add(["x", "1", "y"])
        table.add(["x", "1", "y"])
        table.add(["x", "1", "z"])
        #expect(table.text(.table) == "  a   b   c\n  x   1   y\n      1\n  x   1   z")
        #expect(table.text(.csv) == "a,b,c\nx,1,y\nx,1,y\nx,1,z")
    }

    @Test func nothingSteersTheTerminalAndWhatIsMissingIsNull() throws {
        var table = Table(["a", "b", "c"])
        table.add([Cell("\u{1B}[31m\n"), "", Cell(Double.nan, decimals: 1)])
        #expect(table.text(.table) == "  a        b     c\n  \u{FFFD}[31m\u{FFFD}       nan")
        #expect(table.text(.json) == "[\n  {\"a\": \"\\u001b[31m\\n\", \"b\": null, \"c\": null}\n]")
    }

    @Test func fieldsOfAnyTextStayOneField() {
        var table = Table(["a", "a", "a (2)"])
        table.add(["\n", "x,\u{301}y", "say \"so\""])
        #expect(table.text(.csv) == "a,a (2),a (2) (2)\n\"\n\",\"x,\u{301}y\",\"say \"\"so\"\"\"")
    }
}
