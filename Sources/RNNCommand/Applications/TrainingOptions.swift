import ArgumentParser
import Foundation
import Recurrent

/// What `rnn train` can be told beside the application.
struct TrainingOptions: ParsableArguments {
    @OptionGroup var own: DataOptions

    @Option(
        help: ArgumentHelp(
            "A file like --data to be tested on; without it a part of --data is held out.", valueName: "file"),
        completion: .file())
    var test: String?

    @Option(
        help: ArgumentHelp(
            "series: columns of the CSV file, separated by commas; errors are measured on the first.",
            valueName: "names"))
    var columns: String?

    @Option(help: ArgumentHelp("series: the column of dates in the CSV file.", valueName: "name"))
    var dateColumn: String?

    @Flag(help: "language: words are the symbols, not characters.")
    var words = false

    @Option(help: "The width of the state, H.")
    var stateWidth: Int?

    @Option(help: "Passes over the data.")
    var epochs: Int?

    @Option(help: "Sequences in a batch.")
    var batchSize: Int?

    @Option(help: "The largest learning rate of the schedule.")
    var learningRate: Double?

    @Option(help: "series, language: steps in a window.")
    var window: Int?

    func validate() throws {
        func require(_ condition: Bool, _ message: String) throws {
            if !condition { throw ValidationError(message) }
        }
        try require(1...4096 ~= stateWidth ?? 1, "--state-width must be in 1...4096.")
        try require(1...1_000_000 ~= epochs ?? 1, "--epochs must be in 1...1000000.")
        try require(1...100_000 ~= batchSize ?? 1, "--batch-size must be in 1...100000.")
        let rate = learningRate ?? 1
        try require(rate >= 1e-12 && rate.isFinite, "--learning-rate must be at least 1e-12, and finite.")
        try require(2...100_000 ~= window ?? 2, "--window must be in 2...100000.")
        try require(own.data != nil || test == nil, "--test goes with --data.")
        let names = columnNames ?? ["a column"]
        try require(
            names.allSatisfy { !$0.isEmpty } && Set(names).count == names.count,
            "--columns must be different names, separated by commas.")
    }

    /// The options that were given, with their values; flags have none.
    var given: [(name: String, value: String)] {
        let options = [
            ("--test", test), ("--columns", columns), ("--date-column", dateColumn),
            ("--state-width", stateWidth.map(String.init)),
            ("--epochs", epochs.map(String.init)), ("--batch-size", batchSize.map(String.init)),
            ("--learning-rate", learningRate.map { "\($0)" }), ("--window", window.map(String.init)),
        ].compactMap { name, value in value.map { (name, $0) } }
        return own.given + options + (words ? [("--words", "")] : [])
    }

    /// - Throws: `ValidationError` for an option that means nothing to the application, or to the data that come along.
    func require(_ application: any Application.Type) throws {
        let common: Set = ["--state-width", "--epochs", "--batch-size", "--learning-rate"]
        for (name, _) in given where !common.contains(name) {
            guard application.options.contains(name) else {
                throw ValidationError("\(name) does not go with \(application.name).")
            }
            if own.data == nil, !["--window", "--words", "--data"].contains(name) {
                throw ValidationError("\(name) goes with --data.")
            }
        }
    }

    /// The files of one's own.
    var files: [String] { [own.data, own.labels, test].compactMap { $0 } }

    var columnNames: [String]? {
        columns?.split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
    }
}

/// What of a training can be chosen.
struct Recipe {
    var stateWidth: Int
    var epochs: Int
    var batchSize: Int
    /// The largest of the schedule.
    var learningRate: Double
    /// T, where long data are cut.
    var window = 0

    func with(_ options: TrainingOptions) -> Recipe {
        Recipe(
            stateWidth: options.stateWidth ?? stateWidth, epochs: options.epochs ?? epochs,
            batchSize: options.batchSize ?? batchSize, learningRate: options.learningRate ?? learningRate,
            window: options.window ?? window)
    }
}
