import Recurrent

/// Sentiment analysis: the sentiment of tweets that people rated, or the classes of the user's own texts.
///
/// Tweets with ratings from −0.2 to 0.2 are left out; the fold of a tweet is its ID modulo 10. The settings of gated cells
/// were chosen by cross-validation on the first seven folds.
struct SentimentAnalysis: Classification {
    static let name = "sentiment"
    static let summary = "the class of a text: positive and negative tweets"
    static let options: Set = ["--data", "--test", "--text-column", "--label-column", "--embedding-width"]

    let data: FoldedSequences
    let recipe: Recipe
    private let source: String

    private static let elman = Recipe(
        stateWidth: 32, epochs: 4, batchSize: 16, learningRate: 0.003, directions: .bidirectional)
    private static let gated = Recipe(
        stateWidth: 32, epochs: 4, batchSize: 16, learningRate: 0.01, directions: .bidirectional)

    init(_ options: TrainingOptions) throws {
        recipe = (options.network.hasGates ? Self.gated : Self.elman).with(options)
        guard let path = options.own.data else {
            source = "tweets with human ratings"
            data = try Self.tweets()
            return
        }
        source = path
        func read(_ path: String) throws -> LabelledSequences {
            try LabelledSequences(
                texts: path, text: options.own.textColumn, label: options.own.labelColumn)
        }
        data = try FoldedSequences(own: read(path), test: options.test.map(read), path: path)
    }

    private static func tweets() throws -> FoldedSequences {
        let path = try ShippedData.path("Sentiment/tweets_GroundTruth.txt")
        let file = try LabelledText(contentsOf: path, textColumn: 3, labelColumn: 2, hasHeader: false)
        let numbers = try LabelledText(contentsOf: path, textColumn: 3, labelColumn: 1, hasHeader: false)
        var (words, labels, folds): ([[String]], [String], [Int]) = ([], [], [])
        for (row, numbered) in zip(file.rows, numbers.rows) {
            guard let rating = Double(row.label), let number = Int(numbered.label) else {
                throw CommandFailure("\(path):\(row.line): expected a number and a rating")
            }
            if abs(rating) <= 0.2 { continue }
            words.append(TweetWords.split(row.text))
            labels.append(rating > 0 ? "positive" : "negative")
            folds.append(number % 10)
        }
        let sequences = LabelledSequences(steps: .words(words), labels: labels)
        return FoldedSequences(sequences, folds: 10, foldOf: folds, labels: ["negative", "positive"])
    }

    var facts: [RunDescription.Fact] {
        [
            .init(name: "data", value: "\(source), \(data.sequences.count) texts"),
            .init(
                name: "test set",
                value: folds > 1 ? "each tenth in turn" : "\(heldOut(fold: 0).count) of them"),
        ]
    }

    func settings(steps: Int) -> TrainingSettings {
        TrainingSettings(
            loss: .crossEntropy, schedule: .cosine(recipe.learningRate, steps: steps),
            epochs: recipe.epochs)
    }

    func baselines() throws -> [Baselines.Entry] {
        let naiveBayes = try meanOverFolds { training, test in
            guard case .words(let known) = training.steps, case .words(let asked) = test.steps else {
                return .nan
            }
            let preparation = preparation(training)
            let classes = try preparation.classes(training)
            let model = NaiveBayes(Array(zip(known, classes)), classes: data.labels.count)
            return accuracy(asked.map { model.prediction($0) }, try preparation.classes(test))
        }
        return [
            try majority(), .init(name: "naive Bayes on words", score: naiveBayes),
            try withoutRecurrence(),
        ]
    }
}
