import ArgumentParser
import Recurrent

struct PredictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Let a trained network say what it makes of new data.",
        discussion: """
            For each sequence or text its class and how sure the network is of it; for each time of a \
            series what it expected there, and the next value; behind a text the likeliest symbols. \
            The texts of a file without --text-column are its lines.

            Examples:
              rnn predict runs/sentiment --text 'What a morning!' --text 'Oh no.'
              rnn predict runs/gesture --data moves.ts --format csv > classes.csv
              rnn predict runs/series --data sales.csv
              rnn predict runs/language --text 'And Jesus sai'
            """)

    @Argument(
        help: ArgumentHelp("A run's folder, or a model file.", valueName: "run"), completion: .models)
    var path: String

    @Option(help: ArgumentHelp("A text; may be given more than once.", valueName: "text"))
    var text: [String] = []

    @OptionGroup var data: DataOptions
    @OptionGroup var output: FormatOptions

    func validate() throws {
        guard text.isEmpty != (data.data == nil) else {
            throw ValidationError("Give either --data or --text.")
        }
    }

    func run() throws { try output.print(trainedModel(at: path).predict(data, texts: text)) }
}
