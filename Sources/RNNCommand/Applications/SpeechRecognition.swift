import Recurrent

/// Speech recognition: nine men say "ae"; who is it? Series of 7 to 29 steps of 12 cepstrum coefficients, or series of
/// one's own.
///
/// A network that reads both ways, noise added to its inputs. Chosen by cross-validation on the series to learn from.
struct SpeechRecognition: Classification {
    static let name = "speech"
    static let summary = "speech recognition: which of nine speakers says a vowel (Japanese Vowels)"
    static let options: Set = ["--data", "--test", "--labels", "--missing"]

    let data: FoldedSequences
    let recipe: Recipe
    let readOut = ReadOut.lastStep
    private let source: String

    init(_ options: TrainingOptions) throws {
        recipe = Recipe(stateWidth: 64, epochs: 60, batchSize: 9, learningRate: 0.003).with(options)
        if let own = try FoldedSequences(series: options) {
            (source, data) = (options.own.data ?? "", own)
            return
        }
        source = "Japanese Vowels, the archive's split"
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
            .init(name: "learned from", value: "\(data.training(fold: 0).count) series"),
            .init(name: "tested on", value: "\(heldOut(fold: 0).count) series"),
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

extension FoldedSequences {
    /// One's own series, or nil if there are none.
    init?(series options: TrainingOptions) throws {
        guard let path = options.own.data else { return nil }
        let own = try LabelledSequences(
            series: path, classes: options.own.labels, missing: options.own.missing)
        let test = try options.test.map { path in
            guard !path.lowercased().hasSuffix(".npy") else {
                throw CommandFailure(
                    "\(path): an .npy file to be tested on has no classes; give a .ts file, or all sequences with --data"
                )
            }
            return try LabelledSequences(series: path, classes: nil, missing: options.own.missing)
        }
        try self.init(own: own, test: test, path: path)
    }
}
