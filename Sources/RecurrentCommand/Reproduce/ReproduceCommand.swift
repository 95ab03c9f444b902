import ArgumentParser

struct ReproduceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reproduce",
        abstract: "Reproduce published results.",
        discussion: """
            Trains the networks of a published source, or computes an exact result, and compares the \
            numbers with those of the source. Every number has a limit; exits with 1 if one exceeds \
            it. --all takes a minute and a half.

            Examples:
              rnn reproduce --list
              rnn reproduce temporal-xor reber-grammar --seed 7
              rnn reproduce --all --format csv > results.csv
            """)

    @Argument(
        help: ArgumentHelp("A result to reproduce; see --list.", valueName: "name"),
        completion: .list(reproductions.map(\.name)))
    var names: [String] = []

    @Flag(help: "Reproduce everything.")
    var all = false

    @Flag(help: "List the results that can be reproduced.")
    var list = false

    @Option(help: "The seed of the initial weights and of generated data, or the first of several seeds.")
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
        let progress = ProgressDisplay()
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

    /// Runs one reproduction. An error in it does not stop the others.
    ///
    /// - Returns: true if all its numbers keep to their limits.
    private func run(
        _ reproduction: any Reproduction, into table: inout ReproductionTable, _ progress: ProgressDisplay
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
