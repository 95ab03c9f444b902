/// How the networks of a run did on what they have not seen, beside models that need none.
struct ScoreTable {
    private(set) var table: Table

    init(_ description: RunDescription, _ record: RunRecord) {
        let measure = description.measure
        table = Table(["on data not seen", measure.name])
        let scores = ScoreSummary(record.results, folds: description.folds)
        let parts = description.folds > 1 ? ", mean of \(description.folds) parts" : ""
        func add(_ name: String, _ value: Double?) {
            guard let value else { return }
            table.add([Cell(name), Cell(value, decimals: measure.decimals)])
        }
        for seed in scores.seeds { add("network, seed \(seed.seed)\(parts)", seed.score) }
        if scores.seeds.count > 1 {
            add("network, median of \(scores.seeds.count) seeds", scores.median)
            add("network, mean", scores.mean)
            add("network, standard deviation of the seeds", scores.deviation)
        }
        for entry in record.baselines { add(entry.name, entry.score) }
    }
}
