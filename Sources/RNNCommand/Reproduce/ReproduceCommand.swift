import ArgumentParser

struct ReproduceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reproduce",
        abstract: "Get published results again.",
        discussion: """
            Trains the networks of a source anew, or computes what is exact, and holds the results \
            against the source's. Every number must keep to a limit; exits with 1 when one does not. \
            --all takes about half a minute.

            Examples:
              rnn reproduce --list
              rnn reproduce temporal-xor reber-grammar --seed 7
              rnn reproduce --all --format csv > results.csv
            """)

    @Argument(
        help: ArgumentHelp("What to reproduce; see --list.", valueName: "name"),
        completion: .list(reproductions.map(\.name)))
    var names: [String] = []

    @Flag(help: "Reproduce everything.")
    var all = false

    @Flag(help: "Say what there is, and do nothing.")
    var list = false

    @Option(help: "Decides the initial weights and the data that are drawn.")
    var seed: UInt64 = 1

    @OptionGroup var output: FormatOptions

    func validate() throws {
        if list { return }
        let known = reproductions.map(\.name).joined(separator: ", ")
        if all != names.isEmpty {
            throw ValidationError("Give names or --all. There are: \(known).")
        }
        for name in names where !reproductions.contains(where: { $0.name == name }) {
            throw ValidationError("There is no reproduction '\(name)'. There are: \(known).")
        }
    }

    func run() throws {
        if list { return try printList() }
        let chosen = reproductions.filter { all || names.contains($0.name) }
        var table = ReproductionTable(seed: seed)
        let progress = Progress()
        let passed = chosen.count { run($0, into: &table, progress) }
        try output.print(table.table, after: "\(passed) of \(chosen.count) reproduced.")
        if passed < chosen.count { throw ExitStatus.failed.code }
    }

    private func printList() throws {
        var table = Table(["name", "source", "claim"], leftAligned: 3)
        for reproduction in reproductions {
            table.add([Cell(reproduction.name), Cell(reproduction.source), Cell(reproduction.claim)])
        }
        try output.print(table)
    }

    /// Runs one; returns whether all its numbers keep to their limits. What stops it does not stop the others.
    private func run(
        _ reproduction: any Reproduction, into table: inout ReproductionTable, _ progress: Progress
    ) -> Bool {
        progress.title = reproduction.name
        let start = ContinuousClock.now
        do {
            let measurements = try reproduction.run(seed: seed, progress)
            progress.finish()
            table.add(reproduction, measurements, seconds: (ContinuousClock.now - start) / .seconds(1))
            return measurements.allSatisfy(\.passes)
        } catch {
            progress.say("Error: \(reproduction.name): \(error)")
            table.add(stopped: reproduction)
            return false
        }
    }
}

/// The results, a row a number.
private struct ReproductionTable {
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
                Cell(measurement.value, as: short(measurement.value)), Cell(seconds, decimals: 1),
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
