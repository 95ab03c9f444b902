import ArgumentParser
import Foundation
import Recurrent

/// The options of `rnn train` on data and settings.
struct TrainingOptions: ParsableArguments {
    @OptionGroup var own: DataOptions

    @Option(
        help: ArgumentHelp(
            "Test data, in a file like --data; without it part of --data is held out.", valueName: "file"),
        completion: .file())
    var test: String?

    @Option(
        help: ArgumentHelp(
            "series: columns of the CSV file, separated by commas; the score is the error of the first.",
            valueName: "names"))
    var columns: String?

    @Option(help: ArgumentHelp("series: the column of dates in the CSV file.", valueName: "name"))
    var dateColumn: String?

    @Flag(help: "language: model words instead of characters.")
    var words = false

    @Option(help: ArgumentHelp("Passes over the training data.", valueName: "count"))
    var epochs: Int?

    @Option(help: ArgumentHelp("Sequences in a batch.", valueName: "count"))
    var batchSize: Int?

    @Option(help: ArgumentHelp("The peak learning rate of the schedule.", valueName: "rate"))
    var learningRate: Double?

    @Option(help: ArgumentHelp("series, language: timesteps in a window.", valueName: "count"))
    var window: Int?

    @OptionGroup(title: "Network") var network: NetworkOptions

    func validate() throws {
        func require(_ condition: Bool, _ message: String) throws {
            if !condition { throw ValidationError(message) }
        }
        try require(1...1_000_000 ~= epochs ?? 1, "--epochs must be in 1...1000000.")
        try require(1...100_000 ~= batchSize ?? 1, "--batch-size must be in 1...100000.")
        let rate = learningRate ?? 1
        try require(rate >= 1e-12 && rate.isFinite, "--learning-rate must be at least 1e-12, and finite.")
        try require(2...100_000 ~= window ?? 2, "--window must be in 2...100000.")
        try require(own.data != nil || test == nil, "--test needs --data.")
        let names = columnNames ?? ["a column"]
        try require(
            names.allSatisfy { !$0.isEmpty } && Set(names).count == names.count,
            "--columns must be different names, separated by commas.")
    }

    /// The options that were given, with their values; the value of a flag is empty.
    var given: [(name: String, value: String)] {
        let options: [(name: String, value: String?)] = [
            ("--test", test), ("--columns", columns), ("--date-column", dateColumn),
            ("--epochs", epochs.map(String.init)), ("--batch-size", batchSize.map(String.init)),
            ("--learning-rate", learningRate.map { "\($0)" }), ("--window", window.map(String.init)),
            ("--words", words ? "" : nil),
        ]
        return own.given + network.given
            + options.compactMap { option in option.value.map { (option.name, $0) } }
    }

    /// The options that apply to all applications.
    private static let common: Set = [
        "--cell", "--layers", "--state-width", "--directions", "--dropout", "--state-dropout",
        "--read-out-dropout", "--epochs", "--batch-size", "--learning-rate",
    ]

    /// - Parameter names: the options that apply to the application, beside those that apply to all.
    /// - Throws: `ValidationError` for an option that does not apply to the application or to its bundled data.
    func require(only names: Set<String>, for application: String) throws {
        for (name, _) in given where !Self.common.contains(name) {
            guard names.contains(name) else {
                throw ValidationError("\(name) does not apply to \(application).")
            }
            if own.data == nil, !["--window", "--words", "--embedding-width", "--data"].contains(name) {
                throw ValidationError("\(name) needs --data.")
            }
        }
    }

    /// The user's own files.
    var files: [String] { [own.data, own.labels, test].compactMap { $0 } }

    var columnNames: [String]? {
        columns?.split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
