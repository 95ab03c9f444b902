import ArgumentParser
import Recurrent

/// One's own data, the same options for all commands that read some.
struct DataOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Your own data: a CSV file for series, a text for language, a TSV file for sentiment, a .ts or .npy file for speech and gesture; - is standard input where it can be.",
            valueName: "file"),
        completion: .file())
    var data: String?

    @Option(
        help: ArgumentHelp(
            "The column of texts in a TSV file: its name in the first line, or its number if there is no such line.",
            valueName: "column"))
    var textColumn: String?

    @Option(help: ArgumentHelp("The column of classes in a TSV file, likewise.", valueName: "column"))
    var labelColumn: String?

    @Option(
        help: ArgumentHelp(
            "An .npy file with the class of each sequence of an .npy file, a whole number.",
            valueName: "file"),
        completion: .file(extensions: ["npy"]))
    var labels: String?

    @Option(
        help:
            "What becomes of missing values (empty, ?, NA, NaN) in series: refuse, interpolate or, in CSV files, previous."
    )
    var missing: MissingValues?

    /// The options that were given, with their values.
    var given: [(name: String, value: String)] {
        [
            ("--data", data), ("--text-column", textColumn), ("--label-column", labelColumn),
            ("--labels", labels), ("--missing", missing?.rawValue),
        ].compactMap { name, value in value.map { (name, $0) } }
    }

    /// The file of `--data`.
    func required() throws -> String {
        guard let data else { throw CommandFailure("give a file with --data") }
        return data
    }

    /// - Throws: `CommandFailure` for an option that means nothing to what uses the data.
    func require(only names: Set<String>, for user: String) throws {
        guard let wrong = given.first(where: { !names.contains($0.name) }) else { return }
        throw CommandFailure("\(wrong.name) means nothing to \(user)")
    }
}

extension MissingValues: ExpressibleByArgument {}
