import ArgumentParser
import Recurrent

struct PredictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Apply a trained network to new data.",
        discussion: """
            A classifier prints the class of each sequence or text and its probability. A series \
            model prints its prediction for each time and for the one after the end. A language model \
            prints the likeliest next symbols. Without --text-column every line of a file is a text.

            Examples:
              rnn predict runs/sentiment --text 'What a morning!' --text 'Oh no.'
              rnn predict runs/gesture --data moves.ts --format csv > classes.csv
              rnn predict runs/series --data sales.csv
              rnn predict runs/language --text 'And Jesus sai'
            """)

    @OptionGroup var file: ModelArgument

    @Option(help: ArgumentHelp("A text; may be given more than once.", valueName: "text"))
    var text: [String] = []

    @OptionGroup var data: DataOptions
    @OptionGroup var output: FormatOptions

    func validate() throws {
        guard text.isEmpty != (data.data == nil) else {
            throw ValidationError("Give either --data or --text.")
        }
    }

    func run() throws { try output.print(ModelFile.read(file.path).predict(data, texts: text)) }
}
