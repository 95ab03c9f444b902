import Recurrent

/// Elman, "Finding structure in time", Cognitive Science 14, 1990, second experiment.
///
/// Consonants b, d, g in random order, each followed by its vowels: ba, dii, guuu. Letters are vectors of six
/// features. The vowels, their number and the time of the next consonant can be predicted; the consonant itself
/// cannot. Two of the six features differ between the consonants, each being 1 for one of the three: the least mean
/// squared error at a consonant is 2/6 · 1/3 · 2/3 = 2/27.
///
/// Differs from the paper: Adam and full backpropagation through time.
struct LetterSequence: Reproduction {
    let name = "letter-sequence"
    let source = "Elman 1990"
    let claim = "The error is high at consonants, which are random, and low at vowels, which are not."

    /// Consonant, Vowel, Interrupted, High, Back, Voiced.
    private static let features: [Character: [Double]] = [
        "b": [1, 0, 1, 0, 0, 1], "d": [1, 0, 1, 1, 0, 1], "g": [1, 0, 1, 0, 1, 1],
        "a": [0, 1, 0, 0, 1, 1], "i": [0, 1, 0, 1, 0, 1], "u": [0, 1, 0, 1, 1, 1],
    ]
    private static let syllables = ["ba", "dii", "guuu"]
    private let steps = 200

    func run(seed: UInt64, _ progress: ProgressDisplay) throws -> [Measurement] {
        var generator = RandomGenerator(seed: seed)
        let configuration = NetworkConfiguration(
            inputWidth: 6, stateWidth: 20, outputWidth: 6, output: .sigmoid)
        let training = AdamTraining<Double>(RecurrentNetwork(configuration, using: &generator))
        let letters = Self.letters(consonants: 1000, using: &generator)
        let data = try NextElements(Self.vectors(letters), windows: letters.count / 25)
        try training.run(
            steps: steps, .meanSquaredError, learningRate: { _ in 0.02 },
            progress: { progress.show($0, of: steps) }
        ) { _ in (data.inputs, data.targets) }
        return try measure(training, on: Self.letters(consonants: 300, using: &generator))
    }

    private func measure(_ training: AdamTraining<Double>, on letters: [Character]) throws -> [Measurement] {
        let errors = try NextElements.errors(training, on: Self.vectors(letters))
        let predicted = zip(letters.dropFirst(), errors)
        let consonants = predicted.filter { "bdg".contains($0.0) }.map { $0.1 }
        let vowels = predicted.filter { !"bdg".contains($0.0) }.map { $0.1 }
        return [
            Measurement(
                label: "MSE at consonants", published: "2/27", bound: .above(0.05),
                value: mean(consonants.map(mean))),
            Measurement(
                label: "MSE at vowels", published: "0", bound: .below(0.01), value: mean(vowels.map(mean))),
            Measurement(
                label: "MSE at consonants, feature Consonant", published: "0", bound: .below(0.01),
                value: mean(consonants.map { $0[0] })),
        ]
    }

    static func letters(consonants: Int, using generator: inout RandomGenerator) -> [Character] {
        (0..<consonants).flatMap { _ in syllables[generator.index(below: 3)] }
    }

    private static func vectors(_ letters: [Character]) -> [[Double]] { letters.compactMap { features[$0] } }
}
