import Foundation

/// N-gram models with Witten–Bell smoothing (Witten and Bell 1991): the frequencies of the symbols after a context,
/// interpolated with those after shorter contexts. A context that few different symbols follow gets a larger weight.
struct SymbolCounts {
    /// The context lengths that are compared with the network.
    let orders: [Int]
    private let vocabulary: Int
    /// The number of occurrences of each context, and the number of different symbols that follow it.
    private var contexts: [UInt64: (total: Double, distinct: Double)] = [:]
    /// The number of occurrences of each context with the symbol that follows.
    private var followers: [UInt64: Double] = [:]

    init(of tokens: [Int], vocabulary: Int) {
        self.vocabulary = vocabulary
        // Contexts of these lengths fit into a key.
        orders = vocabulary <= 256 ? [0, 2, 4, 5] : [0, 1]
        for place in tokens.indices {
            for length in 0...min(orders.max() ?? 0, place) {
                let context = key(tokens[place - length..<place])
                let follower = follower(tokens[place], of: context)
                let isNew = followers[follower, default: 0] == 0
                followers[follower, default: 0] += 1
                let old = contexts[context] ?? (0, 0)
                contexts[context] = (old.total + 1, old.distinct + (isNew ? 1 : 0))
            }
        }
    }

    /// The mean of −log₂ p over the symbols of a text.
    ///
    /// - Parameter order: the length of the longest contexts, one of `orders`.
    func bitsPerSymbol(of tokens: [Int], order: Int) -> Double {
        let bits = tokens.indices.reduce(0.0) { sum, place in
            var probability = 1 / Double(vocabulary)
            for length in 0...min(order, place) {
                let context = key(tokens[place - length..<place])
                guard let (total, distinct) = contexts[context] else { break }
                let count = followers[follower(tokens[place], of: context)] ?? 0
                probability = (count + distinct * probability) / (total + distinct)
            }
            return sum - log2(probability)
        }
        return bits / Double(tokens.count)
    }

    private var bits: UInt64 { vocabulary <= 256 ? 8 : 21 }

    /// The symbols of a context, `bits` bits each, after a 1 that marks the length.
    private func key(_ context: ArraySlice<Int>) -> UInt64 {
        context.reduce(1) { follower($1, of: $0) }
    }

    private func follower(_ symbol: Int, of context: UInt64) -> UInt64 { context << bits | UInt64(symbol) }
}
