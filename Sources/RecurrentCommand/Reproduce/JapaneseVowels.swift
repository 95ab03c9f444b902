import Recurrent

/// Kudo, Toyama and Shimbo, "Multidimensional curve classification using passing-through regions", Pattern
/// Recognition Letters 20, 1999.
///
/// Which of nine men says "ae"? Series of 7 to 29 steps of 12 cepstrum coefficients: 270 for training and 370 for
/// the test. The paper's classifier is right for 94.1 % of the test series, its hidden Markov model with five
/// states for 96.2 %. Here a network reads each series both ways, with noise added to its inputs in training.
/// Width, noise and epochs were chosen by cross-validation on the training series.
struct JapaneseVowels: Reproduction {
    let name = "japanese-vowels"
    let source = "Kudo et al. 1999"
    let claim = "Nine speakers are told apart: 94.1 % by the paper's classifier, 96.2 % by its HMM."

    private let seeds = SeveralSeeds(count: 5)
    private let epochs = 60
    private let batchSize = 9
    private let noise = 0.6

    func run(seed: UInt64, _ progress: ProgressDisplay) throws -> [Measurement] {
        let training = try Self.file("JapaneseVowels_TRAIN.ts")
        let test = try Self.file("JapaneseVowels_TEST.ts")
        let data = StandardisedVowels(training: training, test: test)
        let accuracies = try seeds.results([data], from: seed, progress, steps: epochs) {
            try accuracy(on: $0, seed: $1, $2)
        }[0]
        return [
            Measurement(
                label: "accuracy, median of \(seeds.count) seeds", published: "0.941, HMM 0.962",
                bound: .atLeast(0.97), value: median(accuracies)),
            Measurement(
                label: "accuracy, least of \(seeds.count) seeds", published: "0.941, HMM 0.962",
                bound: .atLeast(0.962), value: accuracies.min() ?? .nan),
        ]
    }

    private func accuracy(
        on data: StandardisedVowels, seed: UInt64, _ progress: (Int) -> Void
    ) throws -> Double {
        var generator = RandomGenerator(seed: seed)
        let configuration = NetworkConfiguration(
            inputWidth: 12, stateWidth: 64, outputWidth: 9, output: .softmax, directions: .bidirectional,
            readOut: .lastStep)
        let training = AdamTraining<Float>(RecurrentNetwork(configuration, using: &generator))
        let count = data.training.count
        let batches = (count + batchSize - 1) / batchSize
        let steps = epochs * batches
        var order: [Int] = []
        try training.run(
            steps: steps, .crossEntropy, learningRate: { 0.003 * (1 - Double($0) / Double(steps)) },
            progress: { if ($0 + 1) % batches == 0 { progress($0 / batches) } }
        ) { step in
            if step % batches == 0 { order = generator.permutation(count) }
            let start = step % batches * batchSize
            let series = order[start..<min(start + batchSize, count)].map { data.training[$0] }
            return try StandardisedVowels.batch(series, noise: noise, using: &generator)
        }
        let (inputs, _) = try StandardisedVowels.batch(data.test, noise: 0, using: &generator)
        let outputs = try training.outputs(for: inputs).rowArrays
        let right = zip(outputs, data.test).count { $0.firstIndex(of: $0.max() ?? 0) == $1.label }
        return Double(right) / Double(data.test.count)
    }

    private static func file(_ name: String) throws -> TimeSeriesFile {
        try TimeSeriesFile(contentsOf: ShippedData.path("JapaneseVowels/\(name)"))
    }
}
