import Foundation
import Recurrent
import Testing

@testable import RecurrentCommand

/// The n-gram models that language models are compared with.
@Suite struct KneserNeyTests {
    private func model(of text: [Int], order: Int, vocabulary: Int) -> KneserNeyModel {
        let grams = NGrams.counted(in: text, longest: order + 1)
        return KneserNeyModel(
            order: order, KneserNeyModel.shorterContexts(grams), grams[order], vocabulary: vocabulary)
    }

    private func probabilities(_ model: KneserNeyModel, after context: [Int], vocabulary: Int) -> [Double] {
        let context = context.reduce(model.beginning) { model.context($0, followedBy: $1) }
        return (0..<vocabulary).map { model.probability(of: $0, after: context) }
    }

    /// Random symbols, small ones more often; a symbol depends on the one before it.
    private func randomText(_ count: Int, symbols: Int, seed: UInt64) -> [Int] {
        var generator = RandomGenerator(seed: seed)
        var last = 0
        return (0..<count).map { _ in
            let bound = Int.random(in: 1...symbols, using: &generator)
            last = (last + Int.random(in: 0..<bound, using: &generator)) % symbols
            return last
        }
    }

    /// In "aab", a follows the beginning and a; b follows a only. So few counts give no discounts.
    @Test func aTinyTextGivesTheProbabilitiesWorkedOutByHand() {
        let model = model(of: [0, 0, 1], order: 1, vocabulary: 2)
        // (2 − 1) / 3 + (1 + 1/2) / 3 · 1/2 and (1 − 1/2) / 3 + (1 + 1/2) / 3 · 1/2.
        let after = { (context: [Int]) in probabilities(model, after: context, vocabulary: 2) }
        let unigrams = [7.0 / 12, 5.0 / 12]
        // a and b follow a once each: (1 − 1/2) / 2 + (1/2 + 1/2) / 2 times the above.
        let afterA = [13.0 / 24, 11.0 / 24]
        for (found, expected) in [(after([]), unigrams), (after([1]), unigrams), (after([1, 0]), afterA)] {
            let error = zip(found, expected).map { abs($0 - $1) }.max() ?? 1
            #expect(error < 1e-15, "\(found), expected \(expected)")
        }
        let bits = -(log2(7.0 / 12) + log2(11.0 / 24)) / 2
        #expect(abs(model.bitsPerSymbol(of: [0, 1]) - bits) < 1e-15)
    }

    /// n₁ = 4, n₂ = 2, n₃ = n₄ = 1, so Y = 1/2, D₁ = 1/2, D₂ = 5/4 and D₃₊ = 1.
    @Test func discountsAreEstimatedFromTheCountsOfCounts() {
        let text = [0, 1, 2, 3, 4, 4, 5, 5, 6, 6, 6, 7, 7, 7, 7]
        let found = probabilities(model(of: text, order: 0, vocabulary: 10), after: [], vocabulary: 10)
        // All discounts, 4 · 1/2 + 2 · 5/4 + 2 · 1, are shared by ten symbols.
        let shared = 0.65
        let rests: [Double] = [0.5, 0.5, 0.5, 0.5, 0.75, 0.75, 2, 3, 0, 0]
        let errors = zip(found, rests).map { (found: Double, rest: Double) in
            abs(found - (rest + shared) / 15)
        }
        let error = errors.max() ?? 1
        #expect(error < 1e-15, "\(found)")
    }

    @Test(arguments: [0, 1, 2, 4, 8], [3, 8])
    func everyProbabilityFollowsFromTheDefinition(order: Int, symbols: Int) {
        let text = randomText(200, symbols: symbols, seed: UInt64(symbols))
        let model = model(of: text, order: order, vocabulary: symbols)
        let naive = NaiveKneserNey(text: text, order: order, vocabulary: symbols)
        for start in 0..<8 {
            let context = Array(randomText(12, symbols: symbols, seed: 9)[start...])
            let found = probabilities(model, after: context, vocabulary: symbols)
            let expected = (0..<symbols).map {
                naive.probability(of: $0, after: Array(context.suffix(order)))
            }
            let error = zip(found, expected).map { abs($0 - $1) }.max() ?? 1
            #expect(error < 1e-14, "after \(context): \(found), expected \(expected)")
        }
    }

    /// No text; texts of one symbol, of a repeated one, without n₁ or n₂, below the order, of many words.
    @Test(arguments: [
        ([], 3), ([0], 1), ([0], 5), ([0, 1], 2), (Array(repeating: 0, count: 100), 2),
        ((0..<60).map { $0 % 3 }, 4), ((0..<300).map { $0 }, 400), ((0..<2000).map { $0 * $0 % 997 }, 5_000),
    ])
    func distributionsSumToOneAfterAnyContext(text: [Int], vocabulary: Int) {
        for order in [0, 1, 2, 5, 8] {
            let model = model(of: text, order: order, vocabulary: vocabulary)
            let unseen = [vocabulary - 1, 0, vocabulary - 1]
            for context in [
                [], Array(text.prefix(4)), Array(text.suffix(9)), unseen, unseen + text.prefix(3),
            ] {
                let all = probabilities(model, after: context, vocabulary: vocabulary)
                let arePositive = all.allSatisfy { $0 > 0 && $0 <= 1 + 1e-12 }
                #expect(arePositive && abs(all.reduce(0, +) - 1) < 1e-12, "order \(order), after \(context)")
            }
            #expect(model.bitsPerSymbol(of: unseen).isFinite)
        }
    }
}
