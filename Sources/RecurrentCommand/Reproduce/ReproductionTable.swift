/// The results of reproductions, a row for each number.
struct ReproductionTable {
    private let seed: UInt64
    private(set) var table = Table(
        [
            "name", "seed", "source", "measured", "published or exact", "limit", "ours", "seconds", "verdict",
        ],
        leftAligned: 4, shownOnce: ["name", "seed", "source", "seconds"])

    init(seed: UInt64) { self.seed = seed }

    mutating func add(_ reproduction: any Reproduction, _ measurements: [Measurement], seconds: Double) {
        for measurement in measurements {
            table.add([
                Cell(reproduction.name), Cell("\(seed)"), Cell(reproduction.source), Cell(measurement.label),
                Cell(measurement.published), Cell(measurement.bound.description),
                Cell(measurement.value, as: measurement.text), Cell(seconds, decimals: 1),
                measurement.passes ? "pass" : "FAIL",
            ])
        }
    }

    mutating func add(stopped reproduction: any Reproduction) {
        table.add([
            Cell(reproduction.name), Cell("\(seed)"), Cell(reproduction.source), "stopped", "", "", "", "",
            "FAIL",
        ])
    }
}
