import Foundation

/// Interpolated Kneser–Ney smoothing with three discounts for each length (Chen and Goodman 1998).
///
/// For the longest contexts c(w) is how often the symbol w follows. For shorter ones it is the number of
/// different symbols before the context and w: a symbol that follows few contexts is unlikely after others.
/// p(w | context) = (c(w) − D(c(w)) + Σ D · p(w | shorter context)) / Σ c.
/// Below the empty context, p is 1 / V.
struct KneserNeyModel {
    /// The n-grams of 0, 1, 2, … symbols before a place; nil for one that the training text lacks.
    typealias Context = [Int?]

    private let vocabulary: Int
    /// The counts after contexts of 0, 1, …, `order` symbols.
    private let lengths: [DiscountedCounts]

    /// The counts after contexts that are not the longest: of symbols before them. Models of several orders share them.
    static func shorterContexts(_ grams: [NGrams]) -> [DiscountedCounts] {
        grams.dropLast().map { DiscountedCounts($0, counts: $0.predecessors) }
    }

    /// - Parameters:
    ///   - order: the number of symbols of the longest contexts.
    ///   - shorter: those of contexts of 0, 1, …, `order` − 1 symbols at least.
    ///   - longest: the n-grams of the training text of length `order` + 1.
    ///   - vocabulary: the number of different symbols, V.
    init(order: Int, _ shorter: [DiscountedCounts], _ longest: NGrams, vocabulary: Int) {
        self.vocabulary = vocabulary
        lengths = shorter.prefix(order) + [DiscountedCounts(longest, counts: longest.occurrences)]
    }

    /// The context at the beginning of a text.
    let beginning: Context = [0]

    /// The context after one more symbol.
    func context(_ context: Context, followedBy symbol: Int) -> Context {
        beginning
            + zip(context, lengths.dropLast()).map { index, counts in
                index.flatMap { counts.index(of: symbol, after: $0) }
            }
    }

    func probability(of symbol: Int, after context: Context) -> Double {
        zip(context, lengths).reduce(1 / Double(vocabulary)) { shorter, length in
            guard let index = length.0 else { return shorter }
            return length.1.probability(of: symbol, after: index, shorter: shorter)
        }
    }

    /// The mean of −log₂ p over the symbols of a text.
    func bitsPerSymbol(of tokens: [Int]) -> Double {
        var context = beginning
        let bits = tokens.reduce(0.0) { sum, token in
            let probability = probability(of: token, after: context)
            context = self.context(context, followedBy: token)
            return sum - log2(probability)
        }
        return bits / Double(tokens.count)
    }
}
