/// Modified Kneser–Ney smoothing from its definition: every count is a search through the text.
struct NaiveKneserNey {
    private let text: [Int]
    private let order: Int
    private let vocabulary: Int
    /// The discounts of the counts 0, 1, 2 and more, for n-grams of each length.
    private var discounts: [[Double]] = []

    init(text: [Int], order: Int, vocabulary: Int) {
        (self.text, self.order, self.vocabulary) = (text, order, vocabulary)
        discounts = (0...order).map { discounts(length: $0 + 1) }
    }

    /// The places where an n-gram begins.
    private func places(_ gram: [Int]) -> [Int] {
        text.indices.filter { text[$0...].starts(with: gram) }
    }

    /// The frequency of one of the longest n-grams; the number of different symbols before another one.
    /// The symbol −1 stands for the beginning.
    private func count(_ gram: [Int]) -> Int {
        let places = places(gram)
        return gram.count == order + 1
            ? places.count : Set(places.map { $0 == 0 ? -1 : text[$0 - 1] }).count
    }

    private func discounts(length: Int) -> [Double] {
        let grams = Set((0...text.count - length).map { Array(text[$0..<$0 + length]) })
        let counts = grams.map { count($0) }
        let n1 = Double(counts.count { $0 == 1 })
        let n2 = Double(counts.count { $0 == 2 })
        let n3 = Double(counts.count { $0 == 3 })
        let n4 = Double(counts.count { $0 == 4 })
        let Y = n1 / (n1 + 2 * n2)
        let estimates = [1 - 2 * Y * n2 / n1, 2 - 3 * Y * n3 / n2, 3 - 4 * Y * n4 / n3]
        let areUsable = (0..<3).allSatisfy { estimates[$0] > 0 && estimates[$0] < Double($0 + 1) }
        return [0] + (areUsable ? estimates : [0.5, 1, 1.5])
    }

    func probability(of symbol: Int, after context: [Int]) -> Double {
        let shorter =
            context.isEmpty
            ? 1 / Double(vocabulary) : probability(of: symbol, after: Array(context.dropFirst()))
        let counts = (0..<vocabulary).map { count(context + [$0]) }
        let total = Double(counts.reduce(0, +))
        guard total > 0 else { return shorter }
        let discounts = counts.map { self.discounts[context.count][min($0, 3)] }
        return (Double(counts[symbol]) - discounts[symbol] + discounts.reduce(0, +) * shorter) / total
    }
}
