/// The scores of a run by seed: the score of a seed is the mean over its folds.
struct ScoreSummary {
    struct Seed {
        let seed: UInt64
        let score: Double
    }

    let seeds: [Seed]

    /// - Parameter folds: the number of folds of a seed; a seed with fewer results does not count yet.
    init(_ results: [TrainingResult], folds: Int) {
        let bySeed = Dictionary(grouping: results, by: \.seed).filter { $0.value.count >= max(folds, 1) }
        seeds = bySeed.keys.sorted().map { seed in
            let scores = (bySeed[seed] ?? []).map(\.score)
            return Seed(seed: seed, score: RecurrentPresentation.mean(scores))
        }
    }

    var mean: Double? {
        seeds.isEmpty ? nil : RecurrentPresentation.mean(seeds.map(\.score))
    }

    /// The sample standard deviation; nil for fewer than two seeds.
    var deviation: Double? {
        guard let mean, seeds.count > 1 else { return nil }
        let squares = seeds.reduce(0) { $0 + ($1.score - mean) * ($1.score - mean) }
        return (squares / Double(seeds.count - 1)).squareRoot()
    }

    var median: Double? { seeds.isEmpty ? nil : RecurrentPresentation.median(seeds.map(\.score)) }
}
