import Recurrent

/// Speaker recognition: which of nine men says "ae", from series of 7 to 29 steps of 12 cepstrum coefficients; or the
/// classes of the user's own series.
///
/// By default a bidirectional network; noise on its inputs. The settings were chosen by cross-validation on the training set.
struct SpeechRecognition: Classification {
    static let name = "speech"
    static let summary = "the class of a sound: nine speakers of a vowel (Japanese Vowels)"
    static let options: Set = ["--data", "--test", "--labels", "--missing"]

    let data: FoldedSequences
    let recipe: Recipe
    let readOut = ReadOut.lastStep
    private let source: String

    init(_ options: TrainingOptions) throws {
        recipe = Recipe(
            stateWidth: 64, epochs: 60, batchSize: 9, learningRate: 0.003, directions: .bidirectional
        ).with(options)
        if let own = try FoldedSequences(series: options) {
            (source, data) = (options.own.data ?? "", own)
            return
        }
        source = "Japanese Vowels, with the split of the archive"
        let files = try ["TRAIN", "TEST"].map {
            try TimeSeriesFile(contentsOf: ShippedData.path("JapaneseVowels/JapaneseVowels_\($0).ts"))
        }
        let parts = files.map { file in
            LabelledSequences(
                steps: .values(file.series.map(\.steps)), labels: file.series.map { file.labels[$0.label] })
        }
        data = FoldedSequences(parts[0], test: parts[1], labels: files[0].labels)
    }

    var facts: [RunDescription.Fact] {
        [
            .init(name: "data", value: source),
            .init(name: "training set", value: "\(data.training(fold: 0).count) series"),
            .init(name: "test set", value: "\(heldOut(fold: 0).count) series"),
        ]
    }

    func settings(steps: Int) -> TrainingSettings {
        var settings = TrainingSettings(
            loss: .crossEntropy,
            schedule: .oneCycle(maximum: recipe.learningRate, steps: steps, rising: 0.3),
            epochs: recipe.epochs)
        settings.inputNoise = 0.6
        return settings
    }

    func baselines() throws -> [Baselines.Entry] {
        [try majority(), try nearestNeighbour(), try withoutRecurrence()].compactMap { $0 }
    }
}
