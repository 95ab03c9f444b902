import Foundation

/// Multinomial naive Bayes: each class has its own probabilities of words, estimated with add-one smoothing. The order
/// of the words does not matter.
struct NaiveBayes {
    private var wordCounts: [[String: Int]]
    private var totals: [Int]
    private let priors: [Double]
    private let vocabulary: Int

    init(_ texts: [(words: [String], label: Int)], classes: Int) {
        wordCounts = Array(repeating: [:], count: classes)
        totals = Array(repeating: 0, count: classes)
        for (words, label) in texts {
            for word in words { wordCounts[label][word, default: 0] += 1 }
            totals[label] += words.count
        }
        vocabulary = Set(wordCounts.flatMap(\.keys)).count
        priors = (0..<classes).map { label in
            log(Double(texts.count { $0.label == label } + 1) / Double(texts.count + classes))
        }
    }

    func prediction(_ words: [String]) -> Int {
        let scores = priors.indices.map { label in
            words.reduce(priors[label]) { sum, word in
                sum
                    + log(
                        Double(wordCounts[label][word, default: 0] + 1) / Double(totals[label] + vocabulary))
            }
        }
        return scores.indices.max { scores[$0] < scores[$1] } ?? 0
    }
}
