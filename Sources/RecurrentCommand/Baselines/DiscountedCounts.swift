/// Counts of the n-grams of one length, less discounts: D₁ from a count of 1, D₂ from 2, D₃₊ from larger
/// ones. What is taken off is shared out as shorter contexts say.
struct DiscountedCounts {
    private let grams: NGrams
    private let counts: [UInt32]
    /// The discounts of the counts 0, 1, 2, and 3 or more.
    private let discounts: [Double]
    /// The sums of the counts and of the discounts after each context.
    private let sums: [(counts: Double, discounts: Double)]

    init(_ grams: NGrams, counts: [UInt32]) {
        let discounts = Self.discounts(for: counts)
        (self.grams, self.counts, self.discounts) = (grams, counts, discounts)
        sums = grams.contexts.map { context in
            counts[grams.range(of: context)].reduce(into: (0, 0)) { sums, count in
                sums.0 += Double(count)
                sums.1 += discounts[Int(min(count, 3))]
            }
        }
    }

    /// The estimates of Chen and Goodman 1998 from n₁, …, n₄, where n_k n-grams have the count k:
    /// D_k = k − (k + 1) Y n_{k+1} / n_k with Y = n₁ / (n₁ + 2 n₂). Few or odd counts may give values outside
    /// 0 < D_k < k; then D_k = k / 2 for all three.
    private static func discounts(for counts: [UInt32]) -> [Double] {
        var n = [0.0, 0, 0, 0, 0]
        for count in counts where count <= 4 { n[Int(count)] += 1 }
        let Y = n[1] / (n[1] + 2 * n[2])
        let estimates = (1...3).map { k in Double(k) - Double(k + 1) * Y * n[k + 1] / n[k] }
        let areUsable = zip(estimates, 1...3).allSatisfy { $0 > 0 && $0 < Double($1) }
        return [0] + (areUsable ? estimates : [0.5, 1, 1.5])
    }

    /// The index of a context with one more symbol; see `NGrams`.
    func index(of symbol: Int, after context: Int) -> Int? { grams.index(of: symbol, after: context) }

    /// The probability of a symbol after a context.
    ///
    /// - Parameter shorter: its probability after the context without the first symbol. It is the result if
    ///   nothing follows the context in the text.
    func probability(of symbol: Int, after context: Int, shorter: Double) -> Double {
        let sums = sums[context]
        guard sums.counts > 0 else { return shorter }
        let count = index(of: symbol, after: context).map { counts[$0] } ?? 0
        let rest = Double(count) - discounts[Int(min(count, 3))]
        return (rest + sums.discounts * shorter) / sums.counts
    }
}
