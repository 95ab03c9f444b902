import Recurrent

/// Reber's grammar ("Implicit learning of artificial grammars", 1967): a finite automaton whose strings begin with
/// B and end with E, with two transitions from every state but the last.
enum ReberAutomaton {
    /// The symbols; a string is a list of indices of this array.
    static let symbols: [Character] = ["B", "T", "S", "X", "P", "V", "E"]

    private static let transitions: [[(symbol: Character, state: Int)]] = [
        [("T", 1), ("P", 2)], [("S", 1), ("X", 3)], [("T", 2), ("V", 4)], [("X", 2), ("S", 5)],
        [("P", 3), ("V", 5)], [("E", 6)],
    ]
    private static let final = 6

    /// True if the whole string, from its B to its E, belongs to the grammar.
    static func accepts(_ string: [Int]) -> Bool {
        guard string.first.map({ symbols[$0] }) == "B" else { return false }
        var state = 0
        for symbol in string.dropFirst() {
            guard state != final, let next = transitions[state].first(where: { $0.symbol == symbols[symbol] })
            else { return false }
            state = next.state
        }
        return state == final
    }

    /// The symbols that may follow each symbol of a string of the grammar but the last, which has no successor.
    static func successors(in string: [Int]) -> [Set<Int>] {
        var state = 0
        return string.dropFirst().map { symbol in
            defer { state = transitions[state].first { index($0.symbol) == symbol }?.state ?? final }
            return Set(transitions[state].map { index($0.symbol) })
        }
    }

    /// A string of the grammar; both transitions of a state are equally probable.
    static func grammatical(using generator: inout RandomGenerator) -> [Int] {
        var (string, state) = ([index("B")], 0)
        while state != final {
            let ways = transitions[state]
            let way = ways[generator.index(below: ways.count)]
            string.append(index(way.symbol))
            state = way.state
        }
        return string
    }

    /// B and then symbols drawn at random up to the first E, not a string of the grammar.
    static func random(using generator: inout RandomGenerator) -> [Int] {
        while true {
            var string = [index("B")]
            while string.last != index("E") { string.append(generator.index(below: symbols.count)) }
            if !accepts(string) { return string }
        }
    }

    /// A string of the grammar with one symbol after the B replaced so that it no longer belongs to the grammar.
    static func nearMiss(using generator: inout RandomGenerator) -> [Int] {
        while true {
            var string = grammatical(using: &generator)
            let place = 1 + generator.index(below: string.count - 1)
            string[place] = generator.index(below: symbols.count)
            if !accepts(string) { return string }
        }
    }

    static func index(_ symbol: Character) -> Int { symbols.firstIndex(of: symbol) ?? 0 }
}
