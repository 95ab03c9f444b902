import ArgumentParser
import Recurrent

/// The options of `rnn train` on the network.
struct NetworkOptions: ParsableArguments {
    @Option(
        help:
            "The recurrent cell; lstm by default for language, otherwise elman with the activation that suits the application. lstm and gru have a learning rate of their own for series and sentiment."
    )
    var cell: CellKind?

    @Option(
        help: ArgumentHelp("Recurrent layers, each reading the one below; 1 by default.", valueName: "count"))
    var layers: Int?

    @Option(help: ArgumentHelp("Units in each recurrent layer, and in each direction.", valueName: "count"))
    var stateWidth: Int?

    @Option(
        help: ArgumentHelp(
            "Read sequences forwards, or both ways with the two states side by side or summed; bidirectional by default, but series and language can only read forwards.",
            valueName: "directions"))
    var directions: Directions?

    @Option(
        help: ArgumentHelp(
            "language, sentiment: the width of the learned vectors that symbols or words become first; 64 for language and none for sentiment by default.",
            valueName: "count"))
    var embeddingWidth: Int?

    @Option(
        help: ArgumentHelp(
            "The probability with which an output of a layer is dropped on its way to the next in training; 0 by default.",
            valueName: "probability"))
    var dropout: Double?

    @Option(
        help: ArgumentHelp(
            "The probability with which an element of the previous state is dropped in training, the same in all steps of a sequence; 0 by default, 0.25 for language.",
            valueName: "probability"))
    var stateDropout: Double?

    @Option(
        help: ArgumentHelp(
            "The probability with which an element of the state that the read-out sees is dropped in training; 0 by default, 0.25 for language.",
            valueName: "probability"))
    var readOutDropout: Double?

    func validate() throws {
        func require(_ condition: Bool, _ message: String) throws {
            if !condition { throw ValidationError(message) }
        }
        try require(1...64 ~= layers ?? 1, "--layers must be in 1...64.")
        try require(1...4096 ~= stateWidth ?? 1, "--state-width must be in 1...4096.")
        let (most, width) = (4096 * 4096, stateWidth ?? 1)
        try require(
            (layers ?? 1) * width * width <= most,
            "--layers times the square of --state-width must be at most \(most).")
        try require(1...4096 ~= embeddingWidth ?? 1, "--embedding-width must be in 1...4096.")
        try require(0..<1 ~= dropout ?? 0, "--dropout must be at least 0 and below 1.")
        try require(0..<1 ~= stateDropout ?? 0, "--state-dropout must be at least 0 and below 1.")
        try require(0..<1 ~= readOutDropout ?? 0, "--read-out-dropout must be at least 0 and below 1.")
        try require(
            dropout ?? 0 == 0 || layers ?? 1 > 1,
            "--dropout acts between layers; give two or more with --layers, or use --read-out-dropout.")
    }

    /// True if cells with gates were asked for.
    var hasGates: Bool { cell?.isGated ?? false }

    /// The options that were given, with their values.
    var given: [(name: String, value: String)] {
        let options: [(name: String, value: String?)] = [
            ("--cell", cell?.rawValue), ("--layers", layers.map(String.init)),
            ("--state-width", stateWidth.map(String.init)), ("--directions", directions?.rawValue),
            ("--embedding-width", embeddingWidth.map(String.init)), ("--dropout", dropout.map { "\($0)" }),
            ("--state-dropout", stateDropout.map { "\($0)" }),
            ("--read-out-dropout", readOutDropout.map { "\($0)" }),
        ]
        return options.compactMap { option in option.value.map { (option.name, $0) } }
    }
}

extension CellKind: ExpressibleByArgument {}
extension Directions: ExpressibleByArgument {}
