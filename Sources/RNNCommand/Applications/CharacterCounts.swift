import Foundation

/// A model of text that only counts: how often each character follows the last few, mixed with the same for fewer of
/// them, the longer context having the more weight the fewer different characters follow it (Witten and Bell 1991).
struct CharacterCounts {
    private let order: Int
    private let vocabulary: Int
    /// Of each context how often it occurs and how many different characters follow.
    private var contexts: [UInt64: (total: Double, distinct: Double)] = [:]
    /// Of each context with the character behind it.
    private var followers: [UInt64: Double] = [:]

    /// - Precondition: `order` is at most 6, so that a context fits into a key.
    init(order: Int, of tokens: [Int], vocabulary: Int) {
        (self.order, self.vocabulary) = (order, vocabulary)
        for place in tokens.indices {
            for length in 0...min(order, place) {
                let context = Self.key(tokens[place - length..<place])
                let follower = context << 8 | UInt64(tokens[place])
                let isNew = followers[follower, default: 0] == 0
                followers[follower, default: 0] += 1
                let old = contexts[context] ?? (0, 0)
                contexts[context] = (old.total + 1, old.distinct + (isNew ? 1 : 0))
            }
        }
    }

    func bitsPerCharacter(of tokens: [Int]) -> Double {
        let bits = tokens.indices.reduce(0.0) { sum, place in
            var probability = 1 / Double(vocabulary)
            for length in 0...min(order, place) {
                let context = Self.key(tokens[place - length..<place])
                guard let (total, distinct) = contexts[context] else { break }
                let count = followers[context << 8 | UInt64(tokens[place])] ?? 0
                probability = (count + distinct * probability) / (total + distinct)
            }
            return sum - log2(probability)
        }
        return bits / Double(tokens.count)
    }

    /// The characters of a context, a byte each, behind a 1 that tells its length.
    private static func key(_ context: ArraySlice<Int>) -> UInt64 {
        context.reduce(1) { $0 << 8 | UInt64($1) }
    }
}
