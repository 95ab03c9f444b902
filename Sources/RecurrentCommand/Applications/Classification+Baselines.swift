import Recurrent

// Simpler models for comparison.
extension Classification {
    /// The accuracy of always answering with the most frequent class.
    func majority() throws -> Baselines.Entry {
        let score = try meanOverFolds { training, test in
            var counts: [String: Int] = [:]
            for label in training.labels { counts[label, default: 0] += 1 }
            let most = data.labels.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? ""
            return accuracy(test.labels.map { _ in most }, test.labels)
        }
        return .init(name: "majority class", score: score)
    }

    /// The accuracy of the nearest neighbour under dynamic time warping of standardised values; nil if that would take
    /// minutes.
    func nearestNeighbour() throws -> Baselines.Entry? {
        let steps = data.sequences.steps.count
        guard Double(steps) * Double(steps) * Double(folds) < 2e10 else { return nil }
        let score = try meanOverFolds { training, test in
            // Without changes, which the warping accounts for itself.
            let scales = Preparation(fittedTo: training, labels: data.labels)
            guard case .values(let known) = try scales.inputs(training),
                case .values(let asked) = try scales.inputs(test)
            else { return .nan }
            let found = NearestNeighbour.predictions(asked, (known, try scales.classes(training)))
            return accuracy(found, try scales.classes(test))
        }
        return .init(name: "nearest neighbour, dynamic time warping", score: score)
    }

    /// The accuracy of the same network without W_s, trained in the same way: what single steps tell about the class.
    /// Gated cells, which keep a state without W_s too, are replaced by Elman's.
    func withoutRecurrence() throws -> Baselines.Entry {
        let score = try meanOverFolds { training, test in
            let network = try plan(training, seed: 1, recurrent: false).train()
            let model = Classifier(network, preparation(training))
            return accuracy(try model.predictions(test), try model.preparation.classes(test))
        }
        let cells =
            recipe.cell.isGated
            ? "the same network with \(recipe.activation.rawValue) units, without recurrence"
            : "the same network without recurrence"
        return .init(name: cells, score: score)
    }

    func meanOverFolds(_ score: (LabelledSequences, LabelledSequences) throws -> Double) throws -> Double {
        mean(try (0..<folds).map { try score(data.training(fold: $0), data.heldOut(fold: $0)) })
    }
}
