import Recurrent

/// Strings of Reber's grammar between two equal symbols, T or P, between B and E: BT…TE or BP…PE.
///
/// A network that is to predict the second last symbol must remember the second one while it reads a whole string of
/// the grammar.
enum EmbeddedReber {
    private static let (B, E) = (ReberAutomaton.index("B"), ReberAutomaton.index("E"))
    private static let ways = [ReberAutomaton.index("T"), ReberAutomaton.index("P")]

    /// A string; T and P are equally probable, and so are both transitions of a state of the grammar.
    static func string(using generator: inout RandomGenerator) -> [Int] {
        let way = ways[generator.index(below: 2)]
        return [B, way] + ReberAutomaton.grammatical(using: &generator) + [way, E]
    }

    static func accepts(_ string: [Int]) -> Bool {
        guard string.count > 4, string.starts(with: [B, string[1]]), string.last == E else { return false }
        return ways.contains(string[1]) && string[string.count - 2] == string[1]
            && ReberAutomaton.accepts(Array(string[2..<string.count - 2]))
    }

    /// The symbols that may follow each symbol of an embedded string but the last.
    static func successors(in string: [Int]) -> [Set<Int>] {
        let inner = ReberAutomaton.successors(in: Array(string[2..<string.count - 2]))
        return [Set(ways), [B]] + inner + [[string[1]], [E]]
    }

    /// For each symbol of an embedded string but the last, true if the outputs of all symbols that may follow are
    /// above those of all others.
    static func rightPredictions(_ outputs: [[Float]], in string: [Int]) -> [Bool] {
        zip(outputs, successors(in: string)).map { outputs, possible in
            let others = outputs.indices.filter { !possible.contains($0) }
            return possible.allSatisfy { symbol in others.allSatisfy { outputs[$0] < outputs[symbol] } }
        }
    }
}
