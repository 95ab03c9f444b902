import Foundation
import RecurrentLinearAlgebra
import Recurrent

/// Language modelling: the next character or word of a text, which is the King James New Testament with one verse per
/// line, or a text of the user's own. Without a separate test text, the last tenth of the lines is the test set.
///
/// By default an LSTM; windows between which the state is carried. Elman cells are ReLU units whose W_s begins as half the
/// identity. The settings were chosen on the last verses of the training text.
struct LanguageModelling: Application {
    static let name = "language"
    static let summary = "the next character of a text: the King James New Testament"
    static let isRunStepByStep = true
    static let seeds = 1
    static let options: Set = ["--data", "--test", "--words", "--window", "--embedding-width"]

    let folds = 1
    private let recipe: Recipe
    private let source: String
    private let vocabulary: Vocabulary
    private let training: [Int]
    private let test: [Int]

    private static let gated = Recipe(
        stateWidth: 320, epochs: 24, batchSize: 32, learningRate: 0.004, window: 100, cell: .lstm,
        embeddingWidth: 64, stateDropout: 0.25, readOutDropout: 0.25)
    private static let elman = Recipe(
        stateWidth: 256, epochs: 6, batchSize: 32, learningRate: 0.006, window: 32, activation: .relu,
        embeddingWidth: 64)

    init(_ options: TrainingOptions) throws {
        recipe = (options.network.cell == .elman ? Self.elman : Self.gated).with(options)
        let path = try options.own.data ?? ShippedData.path("KingJames/text.txt")
        source = options.own.data ?? "King James New Testament"
        let text = try TextReader.text(of: path)
        let (trainingText, testText) =
            try options.test.map { (text, try TextReader.text(of: $0)) } ?? Self.split(text, path)
        vocabulary = try Vocabulary(
            of: [trainingText], kind: options.words ? .words : .characters,
            minimumCount: options.words ? 2 : 1, limit: options.words ? 10_000 : nil, unknown: .replace)
        training = try vocabulary.tokens(of: trainingText)
        test = try vocabulary.tokens(of: testText)
        guard training.count > 2 * recipe.window, !test.isEmpty else {
            throw CommandFailure(
                "\(path): \(training.count) symbols of training text are too few for windows of \(recipe.window); give a longer text"
            )
        }
    }

    private static func split(_ text: String, _ path: String) throws -> (String, String) {
        let lines = lines(of: text).map { $0 + "\n" }
        guard lines.count >= 10 else {
            throw CommandFailure(
                "\(path): of \(lines.count) lines no tenth can be held out; give a test text with --test"
            )
        }
        let held = lines.count / 10
        return (lines.dropLast(held).joined(), lines.suffix(held).joined())
    }

    private var unit: String { vocabulary.kind == .characters ? "character" : "word" }

    var measure: Measure { Measure(name: "bits per \(unit)", isBetterWhenLower: true, decimals: 3) }

    var facts: [RunDescription.Fact] {
        [
            .init(name: "data", value: "\(source), \(vocabulary.count) different \(unit)s"),
            .init(name: "training set", value: "\(training.count) \(unit)s"),
            .init(name: "test set", value: "\(test.count) \(unit)s"),
        ]
    }

    func plan(fold: Int, seed: UInt64) throws -> TrainingPlan<Float> {
        let V = vocabulary.count
        let network = RecurrentNetwork<Float>(
            recipe.configuration(inputWidth: V, outputWidth: V, output: .softmax),
            elman: .scaledIdentity(0.5, inputDeviation: 0.1), seed: seed)
        // Every stream has at least two windows.
        let streams = max(1, min(recipe.batchSize, training.count / (2 * recipe.window)))
        let data = try StreamDataSet<Float>(tokens: training, vocabulary: V, streams: streams)
        let steps = recipe.epochs * ((data.steps + recipe.window - 1) / recipe.window)
        var settings = TrainingSettings(
            loss: .crossEntropy,
            schedule: .oneCycle(maximum: recipe.learningRate, steps: steps, rising: 0.2),
            epochs: recipe.epochs)
        settings.rule = .adamW()
        settings.weightDecay = 0.1
        settings.clipping = .norm(0.25)
        settings.seed = seed
        settings.checkpointEvery = 500
        return TrainingPlan(
            network: network, data: .streams(data, TruncatedWindow(advance: recipe.window)),
            settings: settings, probe: try probe(network))
    }

    /// Up to eight sequences from the beginning of the text.
    private func probe(_ network: RecurrentNetwork<Float>) throws -> Probe<Float> {
        let length = min(64, training.count - 1)
        let pieces = (0..<min(8, (training.count - 1) / length)).map {
            Array(training[$0 * length...($0 + 1) * length])
        }
        let batch = try SequenceBatch<Float>(
            tokens: pieces.map { Array($0.dropLast()) }, vocabulary: vocabulary.count)
        let targets: Targets<Float> = try batch.targets(everyStep: pieces.map { Array($0.dropFirst()) })
        let objective = try Objective(
            .crossEntropy, targets, on: batch, for: network, reduction: .meanOverSteps)
        return Probe(batch: batch, objective: objective)
    }

    func model(_ network: RecurrentNetwork<Float>, fold: Int) -> LanguageModel {
        LanguageModel(network, vocabulary)
    }

    func heldOut(fold: Int) -> LanguageModel.TestData { .tokens(test) }

    /// N-gram models. On the King James text contexts of 8 characters are the best of these.
    func baselines() -> [Baselines.Entry] {
        let orders = vocabulary.kind == .characters ? [0, 5, 6, 7, 8] : [0, 1, 2]
        let grams = NGrams.counted(in: training, longest: (orders.max() ?? 0) + 1)
        let shorter = KneserNeyModel.shorterContexts(grams)
        return orders.map { order in
            let model = KneserNeyModel(order: order, shorter, grams[order], vocabulary: vocabulary.count)
            let contexts = "Kneser–Ney, contexts of up to \(order) \(unit)\(order == 1 ? "" : "s")"
            return .init(
                name: order == 0 ? "\(unit) frequencies" : contexts, score: model.bitsPerSymbol(of: test))
        }
    }

    func findings(_ model: LanguageModel, fold: Int) throws -> [Finding] {
        let sampler = Sampler(temperature: 0.7, topK: nil, topP: nil)
        var generator = RandomGenerator(seed: 1)
        let prompt = source == "King James New Testament" ? "And Jesus " : ""
        let symbols = try sampler.symbols(
            of: model, after: prompt, count: unit == "word" ? 150 : 600, using: &generator)
        return [.sample(SampledText(prompt: prompt, temperature: sampler.temperature, symbols: symbols))]
    }
}
