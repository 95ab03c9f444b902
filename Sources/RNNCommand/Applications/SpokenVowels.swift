import Recurrent

/// Speech recognition: nine men say "ae"; who is it? Series of 7 to 29 steps of 12 cepstrum coefficients.
///
/// A network that reads both ways, noise added to its inputs. Chosen by cross-validation on the series to learn from.
struct SpokenVowels: Classification {
    static let name = "speech"
    static let summary = "speech recognition: which of nine speakers says a vowel (Japanese Vowels)"

    let labels: [String]
    let folds = 1
    let batchSize = 9
    let epochs = 60
    private let training: TimeSeriesFile
    private let test: TimeSeriesFile
    private let parts: Split

    init() throws {
        training = try TimeSeriesFile(
            contentsOf: ShippedData.path("JapaneseVowels/JapaneseVowels_TRAIN.ts"))
        test = try TimeSeriesFile(contentsOf: ShippedData.path("JapaneseVowels/JapaneseVowels_TEST.ts"))
        labels = training.labels
        let (learned, held) = standardised(training.series.map(\.steps), test.series.map(\.steps))
        parts = Split(
            training: .init(inputs: .values(learned), classes: training.series.map(\.label)),
            test: .init(inputs: .values(held), classes: test.series.map(\.label)))
    }

    var facts: [RunDescription.Fact] {
        [
            .init(name: "data", value: "Japanese Vowels, the archive's split"),
            .init(
                name: "learned from",
                value: "\(training.series.count) series of \(training.channels) channels"),
            .init(name: "tested on", value: "\(test.series.count) series"),
        ]
    }

    func split(fold: Int) -> Split { parts }

    func configuration(inputWidth: Int, recurrent: Bool) -> ElmanConfiguration {
        ElmanConfiguration(
            inputWidth: inputWidth,
            layers: [RecurrentLayer(stateWidth: 64, directions: .bidirectional, recurrent: recurrent)],
            outputWidth: labels.count, output: .softmax, readOut: .lastStep)
    }

    func settings(steps: Int) -> TrainingSettings {
        var settings = TrainingSettings(
            loss: .crossEntropy, schedule: .oneCycle(maximum: 0.003, steps: steps, rising: 0.3),
            epochs: epochs)
        settings.inputNoise = 0.6
        return settings
    }

    func baselines() throws -> [Baselines.Entry] {
        guard case .values(let learned) = parts.training.inputs, case .values(let held) = parts.test.inputs
        else { return [] }
        let nearest = NearestNeighbour.accuracy(
            (learned, parts.training.classes), (held, parts.test.classes))
        return [
            try majority(), .init(name: "nearest neighbour, dynamic time warping", score: nearest),
            try withoutRecurrence(),
        ]
    }

    func metadata(fold: Int) -> [String: String] { [:] }
}
