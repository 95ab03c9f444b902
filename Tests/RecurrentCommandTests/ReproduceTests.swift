import Foundation
import Recurrent
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
        #expect(command.output.hasSuffix("8 of 8 reproduced.\n"))
        let rows = rows(command.output)
        #expect(rows.filter { $0.count == 9 }.map { $0[0] } == reproductions.map(\.name))
        #expect(rows.count == 18 && rows.allSatisfy { [5, 9].contains($0.count) && $0.last == "pass" })
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

/// The data that the reproductions train on.
@Suite struct ReproductionDataTests {
    private func indices(_ string: String) -> [Int] {
        string.compactMap { ReberAutomaton.symbols.firstIndex(of: $0) }
    }

    @Test(arguments: [
        "BTXSE", "BPVVE", "BTSXSE", "BPTVPSE", "BTXXVVE", "BTSSSXXTTVVE", "BPVPXTVPXVVE",
    ])
    func theAutomatonAcceptsTheGrammar(string: String) {
        #expect(ReberAutomaton.accepts(indices(string)))
    }

    @Test(arguments: [
        "", "B", "E", "BE", "BTE", "TXSE", "BTXS", "BTXSEE", "BTXSEB", "BBTXSE", "BTPSE", "BPVVV", "BTXXE",
    ])
    func theAutomatonRejectsTheRest(string: String) {
        #expect(!ReberAutomaton.accepts(indices(string)))
    }

    @Test func stringsAreOfTheGrammarOrNot() {
        var generator = RandomGenerator(seed: 3)
        let E = indices("E")[0]
        for _ in 0..<2000 {
            #expect(ReberAutomaton.accepts(ReberAutomaton.grammatical(using: &generator)))
            let random = ReberAutomaton.random(using: &generator)
            #expect(!ReberAutomaton.accepts(random) && random.firstIndex(of: E) == random.count - 1)
            let nearMiss = ReberAutomaton.nearMiss(using: &generator)
            #expect(!ReberAutomaton.accepts(nearMiss) && nearMiss[0] == 0)
            let repaired = nearMiss.indices.contains { place in
                ReberAutomaton.symbols.indices.contains { symbol in
                    var other = nearMiss
                    other[place] = symbol
                    return ReberAutomaton.accepts(other)
                }
            }
            #expect(repaired, "a near miss is one symbol away from the grammar: \(nearMiss)")
        }
    }

    @Test func everyThirdBitIsTheExclusiveOr() {
        var generator = RandomGenerator(seed: 4)
        let bits = TemporalXOR.stream(triples: 400, using: &generator).map { Int($0[0]) }
        let triples = stride(from: 0, to: bits.count, by: 3).map { Array(bits[$0..<$0 + 3]) }
        #expect(triples.count == 400 && triples.allSatisfy { $0[2] == $0[0] ^ $0[1] })
        #expect(Set(triples).count == 4)
    }

    @Test func vowelsFollowFromTheirConsonant() {
        var generator = RandomGenerator(seed: 5)
        let letters = String(LetterSequence.letters(consonants: 300, using: &generator))
        let syllables = letters.replacingOccurrences(of: "ba", with: "1")
            .replacingOccurrences(of: "dii", with: "2").replacingOccurrences(of: "guuu", with: "3")
        #expect(syllables.count == 300 && Set(syllables) == ["1", "2", "3"])
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Sources/RecurrentCommand/Data/JapaneseVowels")

    /// The numbers of series, in total and of each speaker, are those in the README of the data.
    @Test func theShippedSeriesAreRead() throws {
        for (name, counts) in [
            ("JapaneseVowels_TRAIN.ts", Array(repeating: 30, count: 9)),
            ("JapaneseVowels_TEST.ts", [31, 35, 88, 44, 29, 24, 40, 50, 29]),
        ] {
            let data = try Data(contentsOf: Self.folder.appendingPathComponent(name))
            let file = try TimeSeriesFile(data, path: name)
            #expect(file.labels == (1...9).map { "\($0)" })
            #expect((0..<9).map { label in file.series.count { $0.label == label } } == counts)
            #expect(
                file.series.allSatisfy { 7...29 ~= $0.steps.count && $0.steps.allSatisfy { $0.count == 12 } })
        }
    }
}
