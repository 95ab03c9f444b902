/// The scores of a run's networks on held-out data, beside those of simpler models.
package struct ScoreTable {
    package private(set) var table: Table

    package init(_ description: RunDescription, _ record: RunRecord) {
        let measure = description.measure
        table = Table(["on held-out data", measure.name])
        let scores = ScoreSummary(record.results, folds: description.folds)
        let folds = description.folds > 1 ? ", mean of \(description.folds) folds" : ""
        func add(_ name: String, _ value: Double?) {
            guard let value else { return }
            table.add([Cell(name), Cell(value, decimals: measure.decimals)])
        }
        for seed in scores.seeds { add("network, seed \(seed.seed)\(folds)", seed.score) }
        if scores.seeds.count > 1 {
            add("network, median of \(scores.seeds.count) seeds", scores.median)
            add("network, mean of the seeds", scores.mean)
            add("network, standard deviation of the seeds", scores.deviation)
        }
        for entry in record.baselines { add(entry.name, entry.score) }
    }
}
