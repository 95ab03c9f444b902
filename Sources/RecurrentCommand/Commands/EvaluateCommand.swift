import ArgumentParser
import Recurrent

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure the performance of a trained network on data.",
        discussion: """
            Without --data the network is evaluated on the data that its run held out, which gives \
            its score again. With --data it is evaluated on the whole file, which must have the \
            columns, channels or classes of the training data. A text may be larger than memory.

            Examples:
              rnn evaluate runs/speech
              rnn evaluate runs/language --data psalms.txt --format json
              rnn evaluate runs/series --data sales-of-this-year.csv
            """)

    @OptionGroup var file: ModelArgument
    @OptionGroup var data: DataOptions
    @OptionGroup var output: FormatOptions

    func validate() throws {
        if let given = data.given.first, data.data == nil {
            throw ValidationError("\(given.name) needs --data.")
        }
    }

    func run() throws {
        let evaluation = try evaluation(of: ModelFile.read(file.path))
        try output.print(evaluation.table, after: evaluation.note)
    }

    private func evaluation<Model: TrainedModel>(of model: Model) throws -> Evaluation {
        if data.data != nil { return try model.evaluate(model.testData(data)) }
        return try evaluation(of: model, by: TrainCommand.application(inFolder: file.path))
    }

    /// The evaluation on the data that a run held out.
    private func evaluation<A: Application>(
        of model: any TrainedModel, by application: A
    ) throws -> Evaluation {
        let model = try application.own(model, of: file.path)
        var evaluation = try model.evaluate(application.heldOut(fold: 0))
        if application.folds > 1 {
            let part = "on fold 1 of \(application.folds), which was held out from this network"
            evaluation.note = [evaluation.note, part].compactMap { $0 }.joined(separator: "\n")
        }
        return evaluation
    }
}
