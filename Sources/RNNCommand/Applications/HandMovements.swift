import Foundation
import Recurrent

/// Gesture recognition: which of 15 hand movements of the Brazilian sign language is it? 45 points in the plane.
///
/// Exact duplicates are dropped, 330 movements stay; three folds, a movement's being its number among those of its
/// class modulo 3. Each step is a point and its distance from the one before. Chosen by cross-validation inside the
/// parts that are learned from.
struct HandMovements: Classification {
    static let name = "gesture"
    static let summary = "gesture recognition: which of 15 hand movements of a sign language (Libras)"

    let labels = (1...15).map(String.init)
    let folds = 3
    let batchSize = 16
    let epochs = 100
    let initialiser = Initialiser.orthogonal
    private let movements: [Movement]

    private struct Movement {
        let steps: [[Double]]
        let label: Int
        let fold: Int
    }

    init() throws {
        let path = try ShippedData.path("Libras/movement_libras.dat")
        let table = try CSVTable(contentsOf: path, separator: .comma, hasHeader: false)
        var seen: Set<[Double]> = []
        var counts = Array(repeating: 0, count: labels.count)
        var movements: [Movement] = []
        for row in try table.numbers(in: table.header, missing: .refuse) where seen.insert(row).inserted {
            guard row.count == 91, let label = Int(exactly: row[90]), 1...labels.count ~= label else {
                throw CommandFailure(
                    "\(path): rows of 45 points and a class in 1...\(labels.count) are expected")
            }
            movements.append(
                Movement(steps: Self.steps(row), label: label - 1, fold: counts[label - 1] % folds))
            counts[label - 1] += 1
        }
        self.movements = movements
    }

    /// x, y and what they have changed by since the point before.
    private static func steps(_ row: [Double]) -> [[Double]] {
        (0..<45).map { step in
            let (now, before) = (2 * step, 2 * max(0, step - 1))
            return [row[now], row[now + 1], row[now] - row[before], row[now + 1] - row[before + 1]]
        }
    }

    var facts: [RunDescription.Fact] {
        [
            .init(name: "data", value: "Libras movement, \(movements.count) distinct rows of 45 points"),
            .init(name: "tested on", value: "each third of them, learned from the others"),
        ]
    }

    func split(fold: Int) -> Split {
        let learned = movements.filter { $0.fold != fold }
        let held = movements.filter { $0.fold == fold }
        let (training, test) = standardised(learned.map(\.steps), held.map(\.steps))
        return Split(
            training: .init(inputs: .values(training), classes: learned.map(\.label)),
            test: .init(inputs: .values(test), classes: held.map(\.label)))
    }

    func configuration(inputWidth: Int, recurrent: Bool) -> ElmanConfiguration {
        ElmanConfiguration(
            inputWidth: inputWidth,
            layers: [RecurrentLayer(stateWidth: 64, directions: .bidirectional, recurrent: recurrent)],
            outputWidth: labels.count, output: .softmax, readOut: .meanOverSteps)
    }

    func settings(steps: Int) -> TrainingSettings {
        var settings = TrainingSettings(
            loss: .crossEntropy, schedule: .cosine(0.01, steps: steps), epochs: epochs)
        settings.inputNoise = 0.3
        return settings
    }

    func baselines() throws -> [Baselines.Entry] {
        let nearest = try meanOverFolds { split in
            guard case .values(let training) = split.training.inputs,
                case .values(let test) = split.test.inputs
            else { return .nan }
            // Points only: that is what hand movements are compared by.
            let points = [training, test].map { $0.map { $0.map { Array($0[..<2]) } } }
            return NearestNeighbour.accuracy(
                (points[0], split.training.classes), (points[1], split.test.classes))
        }
        return [
            try majority(), .init(name: "nearest neighbour, dynamic time warping", score: nearest),
            try withoutRecurrence(),
        ]
    }

    func metadata(fold: Int) -> [String: String] { [:] }
}
