import Foundation
import Recurrent
import Testing

@testable import RecurrentCommand

/// The data that the reproductions train on, and what they do with them.
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

    @Test(arguments: ["BTBTXSETE", "BPBTXSEPE", "BTBPVVETE", "BPBPVPXTVPXVVEPE"])
    func theEmbeddedGrammarAccepts(string: String) {
        #expect(EmbeddedReber.accepts(indices(string)))
    }

    @Test(arguments: [
        "", "BT", "BTTE", "BTETE", "BTBTXSEPE", "BPBTXSETE", "BSBTXSESE", "BTBTXSET", "BTBTXSETB",
        "TTBTXSETE",
        "BTBTPSETE", "BTTXSETE", "BTBTXSTE", "BTBTXSETETE", "BTXSE",
    ])
    func theEmbeddedGrammarRejects(string: String) {
        #expect(!EmbeddedReber.accepts(indices(string)))
    }

    @Test func embeddedStringsAreOfTheirGrammarBothWaysAndOfSeveralLengths() {
        var generator = RandomGenerator(seed: 6)
        let strings = (0..<2000).map { _ in EmbeddedReber.string(using: &generator) }
        #expect(strings.allSatisfy { EmbeddedReber.accepts($0) })
        let T = indices("T")[0]
        #expect(900...1100 ~= strings.count { $0[1] == T })
        #expect(strings.map(\.count).min() == 9 && Set(strings.map(\.count)).count > 15)
        for string in strings {
            var other = string
            other[1] = indices("TP").first { $0 != string[1] } ?? T
            #expect(!EmbeddedReber.accepts(other), "both ends decide: \(other)")
        }
    }

    @Test func successorsAreAllWaysOfTheGrammar() {
        func sets(_ ways: [String]) -> [Set<Int>] { ways.map { Set(indices($0)) } }
        let inner = ["TP", "TV", "PV", "E"]
        #expect(ReberAutomaton.successors(in: indices("BPVVE")) == sets(inner))
        #expect(
            EmbeddedReber.successors(in: indices("BTBPVVETE")) == sets(["TP", "B"] + inner + ["T", "E"]))
        #expect(
            ReberAutomaton.successors(in: indices("BTSXXTVPSE"))
                == sets(["TP", "SX", "SX", "SX", "TV", "TV", "PV", "SX", "E"]))
    }

    @Test func aPredictionIsRightIfAllWaysAreAboveAllOthers() {
        let string = indices("BTBPVVETE")
        let right = EmbeddedReber.successors(in: string).map { possible in
            (0..<7).map { possible.contains($0) ? Float(0.4) : 0.1 }
        }
        func verdict(_ change: (inout [[Float]]) -> Void) -> [Int] {
            var outputs = right
            change(&outputs)
            let verdicts = EmbeddedReber.rightPredictions(outputs, in: string)
            return verdicts.count == 8 ? verdicts.indices.filter { !verdicts[$0] } : [-1]
        }
        let (T, P, V) = (indices("T")[0], indices("P")[0], indices("V")[0])
        #expect(verdict { _ in } == [])
        #expect(verdict { $0[6][P] = 0.5 } == [6], "P instead of the T that must be remembered")
        #expect(verdict { $0[0][T] = 0.05 } == [0], "one of two ways below the others")
        #expect(verdict { $0[1][V] = 0.4 } == [1], "a tie is no prediction")
        #expect(verdict { $0[3] = Array(repeating: .nan, count: 7) } == [3])
    }

    @Test func theSumIsThatOfOneNumberOfEachHalf() throws {
        var generator = RandomGenerator(seed: 7)
        let (batch, targets) = try AddingTask<Float>(timesteps: 9).batch(sequences: 300, using: &generator)
        guard case .values(let sums) = targets else { return #expect(Bool(false), "sums are values") }
        let inputs = batch.inputs
        for sequence in 0..<300 {
            let marked = (0..<9).filter { inputs[$0 * 300 + sequence, 1] == 1 }
            #expect(marked.count == 2 && marked[0] < 4 && marked[1] >= 4)
            let sum = marked.map { Double(inputs[$0 * 300 + sequence, 0]) }.reduce(0, +)
            #expect(abs(sum - Double(sums[sequence, 0])) < 1e-6)
        }
    }

    @Test func theSymbolsComeAgainBehindTheMarker() throws {
        var generator = RandomGenerator(seed: 8)
        let task = CopyingTask<Float>(delay: 5)
        let (batch, targets) = try task.batch(sequences: 3, using: &generator)
        guard case .classes(let classes) = targets else { return #expect(Bool(false), "symbols are classes") }
        let inputs = batch.inputs
        func tokens(_ sequence: Int) -> [Int] {
            (0..<25).map { step in (0..<10).first { inputs[step * 3 + sequence, $0] == 1 } ?? -1 }
        }
        for sequence in 0..<3 {
            let (read, written) = (tokens(sequence), (0..<25).map { Int(classes[$0 * 3 + sequence]) })
            #expect(read[..<10].allSatisfy { 0..<8 ~= $0 } && written[15...] == read[..<10])
            #expect(Array(read[10...]) == [8, 8, 8, 8, 9] + Array(repeating: 8, count: 10))
            #expect(written[..<15].allSatisfy { $0 == 8 })
        }
        #expect(batch.steps == 25 && abs(task.memorylessLoss - 0.83178) < 1e-5)
    }

    /// Chrono initialisation: keeping gates ln u, an LSTM's input gates −ln u, all others as they were.
    @Test(arguments: [(RecurrentCell.lstm, Gate.forget), (.gru(), .update)])
    func timeScalesAreBiasesOfGates(cell: RecurrentCell, keeping: Gate) throws {
        var generator = RandomGenerator(seed: 9)
        let configuration = NetworkConfiguration(
            inputWidth: 2, stateWidth: 200, outputWidth: 1, cell: cell)
        let before = RecurrentNetwork<Double>(configuration, using: &generator)
        var network = before
        network.setTimeScales(upTo: 50, using: &generator)
        let biases = try #require(network.parameters[.stateBias(layer: 0, gate: keeping)]).rowArrays[0]
        let scales = biases.map { exp($0) }
        #expect(scales.allSatisfy { 1...49 ~= $0 } && 20...30 ~= scales.reduce(0, +) / 200)
        var expected = before
        expected.parameters[.stateBias(layer: 0, gate: keeping)] = Matrix([biases])
        if cell == .lstm {
            expected.parameters[.stateBias(layer: 0, gate: .input)] = Matrix([biases.map { -$0 }])
        }
        #expect(network == expected)
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
