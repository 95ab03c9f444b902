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
        let (network, vocabulary) = try languageModel()
        try requireKnown(prompt, to: vocabulary)
        var generator = RandomGenerator(seed: seed)
        let sampler = Sampler(temperature: temperature, topK: topK, topP: topP)
        let symbols = try sampler.text(
            of: network, vocabulary, after: prompt, count: length, using: &generator)
        if output.format == .table { return print(prompt + symbols.map(\.text).joined()) }
        var table = Table(["symbol", "probability"])
        for symbol in symbols { table.add([Cell(symbol.text), Cell(symbol.probability, decimals: 4)]) }
        output.print(table)
    }

    private func languageModel() throws -> (ElmanNetwork<Float>, Vocabulary) {
        let file = try RunFolder.model(path)
        let safetensors = try Safetensors(contentsOf: file)
        guard let vocabulary = try Vocabulary(metadata: safetensors.metadata) else {
            throw CommandFailure(
                "\(file): this is a model of another task: it has no vocabulary; train one with: rnn train language"
            )
        }
        let network = try ElmanNetwork<Float>(contentsOf: file)
        let configuration = network.configuration
        guard configuration.inputWidth == vocabulary.count, configuration.outputWidth == vocabulary.count,
            configuration.output == .softmax, !configuration.isPooled, !configuration.isBidirectional
        else {
            throw CommandFailure(
                "\(file): this network does not write: it must read forwards and have a softmax output for each of the \(vocabulary.count) symbols"
            )
        }
        return (network, vocabulary)
    }

    private func requireKnown(_ prompt: String, to vocabulary: Vocabulary) throws {
        guard vocabulary.kind == .characters else { return }
        for (place, scalar) in prompt.unicodeScalars.enumerated()
        where vocabulary.index(of: String(scalar)) == nil {
            throw CommandFailure(
                "--prompt: character \(place + 1), '\(scalar)', is not among the \(vocabulary.count) that the network has learned; leave it out"
            )
        }
    }
}
