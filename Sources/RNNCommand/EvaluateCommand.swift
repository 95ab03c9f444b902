import ArgumentParser
import Recurrent

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure how a trained network does on data.",
        discussion: """
            Without --data these are the data that the run has held out, so that its score comes out \
            again. With --data it is the whole file, which has to have the columns, channels or \
            classes that the network has learned; a text may be larger than memory.

            Examples:
              rnn evaluate runs/speech
              rnn evaluate runs/language --data psalms.txt --format json
              rnn evaluate runs/series --data sales-of-this-year.csv
            """)

    @Argument(
        help: ArgumentHelp("A run's folder, or a model file.", valueName: "run"), completion: .models)
    var path: String

    @OptionGroup var data: DataOptions
    @OptionGroup var output: FormatOptions

    func validate() throws {
        if let given = data.given.first, data.data == nil {
            throw ValidationError("\(given.name) goes with --data.")
        }
    }

    func run() throws {
        let evaluation = try evaluation(of: trainedModel(at: path))
        try output.print(evaluation.table, after: evaluation.note)
    }

    private func evaluation<Model: TrainedModel>(of model: Model) throws -> Evaluation {
        if data.data != nil { return try model.evaluation(data) }
        return try heldOut(by: TrainCommand.application(of: RunFolder.description(of: path)), model)
    }

    private func heldOut<A: Application>(by application: A, _ model: any TrainedModel) throws -> Evaluation {
        let model = try application.own(model, of: path)
        var evaluation = try model.evaluate(application.heldOut(fold: 0))
        if application.folds > 1 {
            let part = "part 1 of \(application.folds), which this network has not seen"
            evaluation.note = [evaluation.note, part].compactMap { $0 }.joined(separator: "\n")
        }
        return evaluation
    }
}
