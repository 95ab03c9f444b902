import Foundation
import LinearAlgebra
import Recurrent

/// Language: the next character of the King James New Testament, one verse a line; the last tenth of the verses is the
/// text that is tested on.
///
/// ReLU units whose W_s begins as half the identity, and windows of 32 characters whose states are carried on. Chosen on
/// the last verses of the text that is learned from.
struct KingJames: Application {
    static let name = "language"
    static let summary = "language: the next character of the King James New Testament"
    static let measure = Measure(name: "bits per character", isBetterWhenLower: true, decimals: 3)

    let folds = 1
    private let vocabulary: Vocabulary
    private let training: [Int]
    private let test: [Int]
    private let stateWidth = 256
    private let streams = 32
    private let window = TruncatedWindow(advance: 32)
    private let epochs = 6

    init() throws {
        let path = try ShippedData.path("KingJames/text.txt")
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        let verses = text.split(separator: "\n").map { $0 + "\n" }
        let held = verses.count / 10
        let learned = verses.dropLast(held).joined()
        vocabulary = try Vocabulary(
            of: [learned], kind: .characters, minimumCount: 1, limit: nil, order: .frequency,
            unknown: .replace)
        training = try vocabulary.tokens(of: learned)
        test = try vocabulary.tokens(of: verses.suffix(held).joined())
    }

    var facts: [RunDescription.Fact] {
        [
            .init(name: "data", value: "King James New Testament, \(vocabulary.count) characters"),
            .init(name: "learned from", value: "\(training.count) characters"),
            .init(name: "tested on", value: "the last tenth of the verses, \(test.count) characters"),
        ]
    }

    func plan(fold: Int, seed: UInt64) throws -> TrainingPlan<Float> {
        let V = vocabulary.count
        var generator = RandomGenerator(seed: seed)
        let configuration = ElmanConfiguration(
            inputWidth: V, stateWidth: stateWidth, outputWidth: V, activation: .relu, output: .softmax,
            embeddingWidth: 64)
        let network = ElmanNetwork<Float>(
            configuration, initialiser: .scaledIdentity(0.5, inputDeviation: 0.1), using: &generator)
        let data = try StreamDataSet<Float>(tokens: training, vocabulary: V, streams: streams)
        let steps = epochs * ((data.steps + window.advance - 1) / window.advance)
        var settings = TrainingSettings(
            loss: .crossEntropy, schedule: .oneCycle(maximum: 0.006, steps: steps, rising: 0.2),
            epochs: epochs)
        settings.rule = .adamW()
        settings.weightDecay = 0.1
        settings.clipping = .norm(0.25)
        settings.seed = seed
        settings.checkpointEvery = 500
        let length = 64
        let pieces = (0..<8).map { Array(training[$0 * length...($0 + 1) * length]) }
        let batch = try SequenceBatch<Float>(tokens: pieces.map { Array($0.dropLast()) }, vocabulary: V)
        let targets: Targets<Float> = try batch.targets(everyStep: pieces.map { Array($0.dropFirst()) })
        let objective = try Objective(
            .crossEntropy, targets, on: batch, for: configuration, reduction: .meanOverSteps)
        return TrainingPlan(
            network: network, data: .streams(data, window), settings: settings,
            probe: Probe(batch: batch, objective: objective))
    }

    /// −log₂ of what the network gives each character of the test text, which it reads in one go behind a line's end.
    func score(_ network: ElmanNetwork<Float>, fold: Int) throws -> Double {
        let inputs = try vocabulary.tokens(of: "\n") + test.dropLast()
        let unfolding = Unfolding<Float>(network.configuration)
        var (bits, carried) = (0.0, Matrix<Float>?.none)
        for start in stride(from: 0, to: inputs.count, by: 4096) {
            let range = start..<min(start + 4096, inputs.count)
            let batch = try SequenceBatch<Float>(tokens: [Array(inputs[range])], vocabulary: vocabulary.count)
            let targets: Targets<Float> = try batch.targets(everyStep: [Array(test[range])])
            let objective = try Objective(.crossEntropy, targets, on: batch, for: network.configuration)
            bits += try unfolding.loss(of: network, on: batch, objective, from: carried) / log(2)
            carried = try network.forward(batch, from: carried).finalState
        }
        return bits / Double(test.count)
    }

    func baselines() throws -> [Baselines.Entry] {
        [0, 2, 4, 5].map { order in
            let model = CharacterCounts(order: order, of: training, vocabulary: vocabulary.count)
            let name =
                order == 0 ? "how often each character occurs" : "counts behind up to \(order) characters"
            return .init(name: name, score: model.bitsPerCharacter(of: test))
        }
    }

    func findings(_ network: ElmanNetwork<Float>, fold: Int) throws -> [Finding] {
        let sampler = Sampler(temperature: 0.7, topK: nil, topP: nil)
        var generator = RandomGenerator(seed: 1)
        let prompt = "And Jesus "
        let symbols = try sampler.text(
            of: network, vocabulary, after: prompt, count: 600, using: &generator)
        return [.sample(SampledText(prompt: prompt, temperature: sampler.temperature, symbols: symbols))]
    }

    func metadata(fold: Int) -> [String: String] { vocabulary.metadata }
}
