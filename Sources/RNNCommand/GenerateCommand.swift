import ArgumentParser
import Foundation
import Recurrent

struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Let a language model write.",
        discussion: """
            Draws symbol after symbol from what the network expects, each being its next input, and \
            prints the text. The same seed gives the same text.

            Examples:
              rnn generate runs/language
              rnn generate runs/language --prompt 'And Jesus '
              rnn generate runs/language --temperature 0.5 --length 1000
              rnn generate runs/language --top-k 5 --seed 7 --format json
            """)

    @Argument(
        help: ArgumentHelp("A run's folder, or a model file.", valueName: "run"), completion: .models)
    var path: String

    @Option(help: "What the text begins with.")
    var prompt = ""

    @Option(help: "How many symbols to write.")
    var length = 500

    @Option(help: "Below 1 likely symbols become likelier; 0 takes the likeliest always.")
    var temperature = 0.7

    @Option(help: "Draw only from so many of the likeliest symbols.")
    var topK: Int?

    @Option(help: "Draw only from the likeliest symbols that together have this probability.")
    var topP: Double?

    @Option(help: "Decides what is drawn.")
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
        guard let model = try trainedModel(at: path) as? LanguageModel else {
            throw CommandFailure(
                "\(path): this is a model of another task, which writes nothing; train one with: rnn train language"
            )
        }
        // Nothing is printed before it is known that the prompt can be read.
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
