import Recurrent

/// Gesture recognition: which of 15 hand movements of Brazilian sign language, from 45 points in the plane; or the
/// classes of the user's own movements.
///
/// Without exact duplicates 330 movements remain. They form three folds: the fold of a movement is its number within its
/// class modulo 3. A step is a point and its difference from the previous one. The settings were chosen by
/// cross-validation within the training parts.
struct GestureRecognition: Classification {
    static let name = "gesture"
    static let summary = "the class of a movement: 15 hand signs (Libras)"
    static let options: Set = ["--data", "--test", "--labels", "--missing"]

    let data: FoldedSequences
    let recipe: Recipe
    let initialiser = Initialiser.orthogonal
    private let source: String

    init(_ options: TrainingOptions) throws {
        recipe = Recipe(
            stateWidth: 64, epochs: 100, batchSize: 16, learningRate: 0.01, directions: .bidirectional
        ).with(options)
        if let own = try FoldedSequences(series: options) {
            (source, data) = (options.own.data ?? "", own)
        } else {
            (source, data) = ("Libras movement", try Self.movements())
        }
    }

    private static func movements() throws -> FoldedSequences {
        let labels = (1...15).map(String.init)
        let path = try ShippedData.path("Libras/movement_libras.dat")
        let table = try CSVTable(contentsOf: path, separator: .comma, hasHeader: false)
        var seen: Set<[Double]> = []
        var counts = Array(repeating: 0, count: labels.count)
        var (steps, classes, folds): ([[[Double]]], [String], [Int]) = ([], [], [])
        for row in try table.numbers(in: table.header, missing: .refuse) where seen.insert(row).inserted {
            guard row.count == 91, let label = Int(exactly: row[90]), 1...labels.count ~= label else {
                throw CommandFailure(
                    "\(path): expected rows of 45 points and a class in 1...\(labels.count)")
            }
            let points = (0..<45).map { point -> [Double] in [row[2 * point], row[2 * point + 1]] }
            steps.append(points)
            classes.append(labels[label - 1])
            folds.append(counts[label - 1] % 3)
            counts[label - 1] += 1
        }
        let sequences = LabelledSequences(steps: .values(steps), labels: classes)
        return FoldedSequences(sequences, folds: 3, foldOf: folds, labels: labels)
    }

    var facts: [RunDescription.Fact] {
        [
            .init(name: "data", value: "\(source), \(data.sequences.count) movements"),
            .init(
                name: "test set",
                value: folds > 1 ? "each third in turn" : "\(heldOut(fold: 0).count) of them"),
        ]
    }

    func preparation(_ training: LabelledSequences) -> Preparation {
        Preparation(fittedTo: training, changes: true, labels: data.labels)
    }

    func settings(steps: Int) -> TrainingSettings {
        var settings = TrainingSettings(
            loss: .crossEntropy, schedule: .cosine(recipe.learningRate, steps: steps),
            epochs: recipe.epochs)
        settings.inputNoise = 0.3
        return settings
    }

    func baselines() throws -> [Baselines.Entry] {
        [try majority(), try nearestNeighbour(), try withoutRecurrence()].compactMap { $0 }
    }
}
