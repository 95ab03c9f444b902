import ArgumentParser

/// The option `--format`, shared by all commands that print a table.
struct FormatOptions: ParsableArguments {
    @Option(help: "The format of the results: table, json or csv.")
    var format = OutputFormat.table

    /// Prints a table in that format. People also see `before` above it and `after` below it; programs do not.
    func print(_ table: Table, before: String? = nil, after: String? = nil) throws {
        let isForPeople = format == .table
        try printResult((isForPeople ? before.map { $0 + "\n\n" } ?? "" : "") + table.text(format) + "\n")
        if isForPeople, let after { try printResult("\n\(after)\n") }
    }
}

extension OutputFormat: ExpressibleByArgument {}
