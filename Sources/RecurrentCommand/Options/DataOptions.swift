import ArgumentParser
import Recurrent

/// The user's own data; the same options for all commands that read some.
struct DataOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Your data: a CSV file for series, a text for language, a TSV file for sentiment, a .ts or .npy file for speech and gesture; - reads standard input, except for .ts and .npy.",
            valueName: "file"),
        completion: .file())
    var data: String?

    @Option(
        help: ArgumentHelp(
            "The column of texts in a TSV file: its name, or its number if the file has no header line.",
            valueName: "column"))
    var textColumn: String?

    @Option(
        help: ArgumentHelp("The column of classes in a TSV file, by name or number.", valueName: "column"))
    var labelColumn: String?

    @Option(
        help: ArgumentHelp(
            "An .npy file with the class of each sequence, a whole number, for sequences in an .npy file.",
            valueName: "file"),
        completion: .file(extensions: ["npy"]))
    var labels: String?

    @Option(
        help: ArgumentHelp(
            "The treatment of missing values (empty, ?, NA, NaN) in series: refuse, interpolate or, in CSV files only, previous.",
            valueName: "treatment"))
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

    /// - Throws: `CommandFailure` for an option that does not apply to `user`, which reads the data.
    func require(only names: Set<String>, for user: String) throws {
        guard let wrong = given.first(where: { !names.contains($0.name) }) else { return }
        throw CommandFailure("\(wrong.name) does not apply to \(user)")
    }
}

extension MissingValues: ExpressibleByArgument {}
