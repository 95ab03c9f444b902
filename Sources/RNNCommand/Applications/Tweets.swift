import Foundation
import Recurrent

/// Sentiment analysis: was a tweet rated as positive or as negative by people? Ratings between −0.2 and 0.2 are left
/// out; ten folds by ID modulo 10. Words that are seen once in what is learned from are unknown.
struct Tweets: Classification {
    static let name = "sentiment"
    static let summary = "sentiment analysis: tweets that people rated as positive or negative"

    let labels = ["negative", "positive"]
    let folds = 10
    let batchSize = 16
    let epochs = 4
    private let tweets: [Tweet]

    private struct Tweet {
        let words: [String]
        let label: Int
        let fold: Int
    }

    init() throws {
        let path = try ShippedData.path("Sentiment/tweets_GroundTruth.txt")
        let file = try LabelledText(contentsOf: path, textColumn: 3, labelColumn: 2, hasHeader: false)
        let numbers = try LabelledText(contentsOf: path, textColumn: 3, labelColumn: 1, hasHeader: false)
        tweets = try zip(file.rows, numbers.rows).compactMap { row, numbered in
            guard let rating = Double(row.label), let number = Int(numbered.label) else {
                throw CommandFailure("\(path):\(row.line): a number and a rating are expected")
            }
            if abs(rating) <= 0.2 { return nil }
            let words = TweetWords.split(row.text)
            return Tweet(words: words, label: rating > 0 ? 1 : 0, fold: number % 10)
        }
    }

    var facts: [RunDescription.Fact] {
        [
            .init(name: "data", value: "\(tweets.count) tweets with human ratings"),
            .init(name: "tested on", value: "each tenth of them, learned from the others"),
        ]
    }

    private func parts(fold: Int) -> (training: [Tweet], test: [Tweet]) {
        (tweets.filter { $0.fold != fold }, tweets.filter { $0.fold == fold })
    }

    /// The words that are seen twice or more, in alphabetical order; 0 stands for all others.
    private func places(of training: [Tweet]) -> [String: Int] {
        var counts: [String: Int] = [:]
        for word in training.lazy.flatMap(\.words) { counts[word, default: 0] += 1 }
        let known = counts.filter { $0.value > 1 }.keys.sorted()
        return Dictionary(uniqueKeysWithValues: zip(known, 1...))
    }

    func split(fold: Int) -> Split {
        let (training, test) = parts(fold: fold)
        let places = places(of: training)
        func sequences(_ tweets: [Tweet]) -> LabelledSequences {
            LabelledSequences(
                inputs: .tokens(
                    tweets.map { $0.words.map { places[$0] ?? 0 } }, vocabulary: places.count + 1),
                classes: tweets.map(\.label))
        }
        return Split(training: sequences(training), test: sequences(test))
    }

    func configuration(inputWidth: Int, recurrent: Bool) -> ElmanConfiguration {
        ElmanConfiguration(
            inputWidth: inputWidth,
            layers: [RecurrentLayer(stateWidth: 32, directions: .bidirectional, recurrent: recurrent)],
            outputWidth: 2, output: .softmax, readOut: .meanOverSteps)
    }

    func settings(steps: Int) -> TrainingSettings {
        TrainingSettings(loss: .crossEntropy, schedule: .cosine(0.003, steps: steps), epochs: epochs)
    }

    func baselines() throws -> [Baselines.Entry] {
        let scores = (0..<folds).map { fold in
            let (training, test) = parts(fold: fold)
            let model = NaiveBayes(training.map { ($0.words, $0.label) }, classes: labels.count)
            return accuracy(test.map { model.prediction($0.words) }, test.map(\.label))
        }
        return [
            try majority(), .init(name: "naive Bayes on words", score: mean(scores)),
            try withoutRecurrence(),
        ]
    }

    func metadata(fold: Int) -> [String: String] { [:] }
}
