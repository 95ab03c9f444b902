/// The different n-grams of one length in a text: each is a context of n − 1 symbols and the symbol after it.
///
/// They are sorted by context and then by symbol, so the n-grams of a context are neighbours. An n-gram's
/// index names it as the context of longer ones. Symbols, indices and counts are below 2³².
struct NGrams {
    /// The last symbol of each n-gram.
    private var symbols: [UInt32] = []
    /// The index of the first n-gram of each context, and the number of n-grams at the end.
    private var starts: [Int] = []
    /// The number of places of each n-gram in the text.
    private(set) var occurrences: [UInt32] = []
    /// The number of different symbols before each n-gram; the beginning of the text counts as one.
    /// Zeros for the longest n-grams that were counted.
    private(set) var predecessors: [UInt32]

    /// The n-grams of lengths 1, 2, …, `longest`. Cost: for each length, a sort of one number a symbol.
    static func counted(in tokens: [Int], longest: Int) -> [NGrams] {
        var all: [NGrams] = []
        // The n-gram before each place and before the end, at first the empty one.
        var contexts = [Int](repeating: 0, count: tokens.count + 1)
        for length in 1...longest {
            let places = tokens.indices.dropFirst(length - 1)
            let grams = NGrams(
                sorted: places.map { UInt64(contexts[$0]) << 32 | UInt64(tokens[$0]) }.sorted(),
                contexts: all.last?.occurrences.count ?? 1)
            var longer = contexts
            for place in places {
                longer[place + 1] = grams.index(of: tokens[place], after: contexts[place]) ?? 0
            }
            if length > 1 { all[length - 2].countPredecessors(in: grams, longer, contexts, places) }
            all.append(grams)
            contexts = longer
        }
        return all
    }

    /// - Parameter keys: every n-gram as often as it occurs, the index of its context in the upper 32 bits.
    private init(sorted keys: [UInt64], contexts: Int) {
        var last: UInt64?
        for key in keys {
            if key != last {
                while starts.count <= key >> 32 { starts.append(symbols.count) }
                symbols.append(UInt32(truncatingIfNeeded: key))
                occurrences.append(0)
                last = key
            }
            occurrences[occurrences.count - 1] += 1
        }
        while starts.count <= contexts { starts.append(symbols.count) }
        predecessors = Array(repeating: 0, count: symbols.count)
    }

    /// Each different n-gram that is one symbol longer is one more predecessor of its end.
    ///
    /// - Parameters:
    ///   - indices: the longer n-gram before each place.
    ///   - ends: the n-gram of this length before each place.
    ///   - places: the places of the last symbols of the longer ones.
    private mutating func countPredecessors(
        in longer: NGrams, _ indices: [Int], _ ends: [Int], _ places: Range<Int>
    ) {
        var isCounted = [Bool](repeating: false, count: longer.occurrences.count)
        for place in places where !isCounted[indices[place + 1]] {
            isCounted[indices[place + 1]] = true
            predecessors[ends[place + 1]] += 1
        }
        // Before the first one there is the beginning of the text.
        if !predecessors.isEmpty { predecessors[ends[places.lowerBound]] += 1 }
    }

    /// The indices of the contexts.
    var contexts: Range<Int> { 0..<starts.count - 1 }

    /// The indices of the n-grams of a context.
    func range(of context: Int) -> Range<Int> { starts[context]..<starts[context + 1] }

    /// The index of a context with the symbol after it, or nil if they are not in the text.
    func index(of symbol: Int, after context: Int) -> Int? {
        var range = range(of: context)
        while let middle = range.isEmpty ? nil : (range.lowerBound + range.upperBound) / 2 {
            if symbols[middle] == symbol { return middle }
            range = symbols[middle] < symbol ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }
}
