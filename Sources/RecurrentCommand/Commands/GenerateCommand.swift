import ArgumentParser
import Foundation
import Recurrent

struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Generate text with a language model.",
        discussion: """
            Draws symbols one by one from the probabilities of the network, each becoming its next \
            input, and prints the text. The same seed gives the same text.

            Examples:
              rnn generate runs/language
              rnn generate runs/language --prompt 'And Jesus '
              rnn generate runs/language --temperature 0.5 --length 1000
              rnn generate runs/language --top-k 5 --seed 7 --format json
            """)

    @OptionGroup var file: ModelArgument

    @Option(help: ArgumentHelp("The beginning of the text.", valueName: "text"))
    var prompt = ""

    @Option(help: ArgumentHelp("The number of symbols to generate.", valueName: "count"))
    var length = 500

    @Option(help: "Values below 1 make likely symbols likelier; 0 always takes the likeliest.")
    var temperature = 0.7

    @Option(help: ArgumentHelp("Draw only from this many of the likeliest symbols.", valueName: "count"))
    var topK: Int?

    @Option(
        help: ArgumentHelp(
            "Draw only from the likeliest symbols that together have this probability.",
            valueName: "probability"))
    var topP: Double?

    @Option(help: "The seed of the random numbers.")
    var seed: UInt64 = 1

    @OptionGroup var output: FormatOptions

    func validate() throws {
        guard 1...10_000_000 ~= length else { throw ValidationError("--length must be in 1...10000000.") }
        guard temperature >= 0, temperature.isFinite else {
            throw ValidationError("--temperature must be at least 0 and finite.")
        }
        guard topK ?? 1 >= 1 else { throw ValidationError("--top-k must be at least 1.") }
        guard topP ?? 1 > 0, topP ?? 1 <= 1 else {
            throw ValidationError("--top-p must be above 0 and at most 1.")
        }
    }

    func run() throws {
        guard let model = try ModelFile.read(file.path) as? LanguageModel else {
            throw CommandFailure(
                "\(file.path): this is not a language model; train one with: rnn train language")
        }
        // Fails before anything is printed.
        _ = try model.prompt(prompt)
        var generator = RandomGenerator(seed: seed)
        let sampler = Sampler(temperature: temperature, topK: topK, topP: topP)
        if output.format == .table {
            try printResult(prompt)
            try sampler.symbols(of: model, after: prompt, count: length, using: &generator) {
                try printResult($0.text)
            }
            return try printResult("\n")
        }
        let symbols = try sampler.symbols(of: model, after: prompt, count: length, using: &generator)
        var table = Table(["symbol", "probability"])
        for symbol in symbols { table.add([Cell(symbol.text), Cell(symbol.probability, decimals: 4)]) }
        try output.print(table)
    }
}
