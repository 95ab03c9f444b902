import ArgumentParser
import Foundation

struct ReproduceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reproduce",
        abstract: "Get published results again.",
        discussion: """
            Trains the networks of a source anew, or computes what is exact, and holds the results \
            against the source's. Every number must keep to a limit; exits with 1 when one does not. \
            --all takes about half a minute.
            """)

    @Argument(help: ArgumentHelp("What to reproduce; see --list.", valueName: "name"))
    var names: [String] = []

    @Flag(help: "Reproduce everything.")
    var all = false

    @Flag(help: "Say what there is, and do nothing.")
    var list = false

    @Option(help: "Decides the initial weights and the data that are drawn.")
    var seed: UInt64 = 1

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
        if list { return reproductions.forEach { print("\($0.name) (\($0.source)): \($0.claim)") } }
        let chosen = reproductions.filter { all || names.contains($0.name) }
        var table = ReproductionTable(seed: seed)
        var passed = 0
        for reproduction in chosen where run(reproduction, into: &table) { passed += 1 }
        print(table.text)
        print("\n\(passed) of \(chosen.count) reproduced.")
        if passed < chosen.count { throw ExitCode.failure }
    }

    /// Runs one; returns whether all its numbers keep to their limits. What stops it does not stop the others.
    private func run(_ reproduction: any Reproduction, into table: inout ReproductionTable) -> Bool {
        let progress = Progress(reproduction.name)
        let start = ContinuousClock.now
        do {
            let measurements = try reproduction.run(seed: seed, progress)
            progress.finish()
            table.add(reproduction, measurements, seconds: (ContinuousClock.now - start) / .seconds(1))
            return measurements.allSatisfy(\.passes)
        } catch {
            progress.finish()
            FileHandle.standardError.write(Data("Error: \(reproduction.name): \(error)\n".utf8))
            table.add(stopped: reproduction)
            return false
        }
    }
}

/// The results, a line a number.
private struct ReproductionTable {
    private let seed: UInt64
    private var table = Table(
        ["name", "seed", "source", "measured", "published or exact", "limit", "ours", "seconds", ""],
        leftAligned: 4)

    var text: String { table.text(.table) }

    init(seed: UInt64) { self.seed = seed }

    mutating func add(_ reproduction: any Reproduction, _ measurements: [Measurement], seconds: Double) {
        for (index, measurement) in measurements.enumerated() {
            let isFirst = index == 0
            table.add([
                Cell(isFirst ? reproduction.name : ""), Cell(isFirst ? "\(seed)" : ""),
                Cell(isFirst ? reproduction.source : ""), Cell(measurement.label),
                Cell(measurement.published),
                Cell(measurement.bound.description), Cell(measurement.value, as: short(measurement.value)),
                isFirst ? Cell(seconds, decimals: 1) : "", measurement.passes ? "pass" : "FAIL",
            ])
        }
    }

    mutating func add(stopped reproduction: any Reproduction) {
        table.add([
            Cell(reproduction.name), "\(seed)", Cell(reproduction.source), "stopped", "", "", "", "", "FAIL",
        ])
    }
}
