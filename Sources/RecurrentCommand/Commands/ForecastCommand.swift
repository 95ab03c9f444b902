import ArgumentParser
import Foundation
import Recurrent
import RecurrentCharts

struct ForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Forecast the continuation of a series.",
        discussion: """
            Continues a series with a network trained by rnn train series: each forecast becomes the \
            next input. The interval covers 90 % of the errors of such forecasts in the past, begun \
            within the validation and test sets of the run, or within the last third of the file \
            given with --data. There is no interval if there are too few of them.

            Examples:
              rnn forecast runs/series
              rnn forecast runs/series --horizon 60 --picture forecast.svg
              rnn forecast runs/sales --data sales-until-today.csv --format csv
            """)

    @OptionGroup var file: ModelArgument

    @Option(
        help: ArgumentHelp(
            "A CSV file with the columns of the series to continue; by default the data of the run.",
            valueName: "file"),
        completion: .tables)
    var data: String?

    @Option(help: ArgumentHelp("The number of steps to forecast.", valueName: "count"))
    var horizon = 24

    @Option(
        help: ArgumentHelp("Draw the series and its forecast in this file, as SVG.", valueName: "file"),
        completion: .pictures)
    var picture: String?

    @OptionGroup var output: FormatOptions

    func validate() throws {
        guard 1...100_000 ~= horizon else { throw ValidationError("--horizon must be in 1...100000.") }
    }

    func run() throws {
        guard let model = try ModelFile.read(file.path) as? SeriesModel else {
            throw CommandFailure("\(file.path): this is not a series model; train one with: rnn train series")
        }
        if let picture { try DurableFile.check(picture) }
        let (series, unseen) = try series(model)
        let forecast = try SeriesForecast(series, by: model, horizon: horizon, unseen: unseen)
        if let picture { try draw(forecast, of: series, by: model, to: picture) }
        let note =
            forecast.bounds == nil
            ? "There are too few past values for an interval with --horizon \(horizon)."
            : "The bounds cover 90 % of past errors of such forecasts; the forecast need not lie between them."
        try output.print(
            table(forecast, series), after: note + (picture.map { "\npicture: \($0)" } ?? ""))
    }

    private func series(_ model: SeriesModel) throws -> (Series, unseen: Range<Int>) {
        if let data {
            let series = try model.series(data)
            return (series, TimeSplit(series, isSunspots: false).unseen)
        }
        guard let application = try TrainCommand.application(inFolder: file.path) as? TimeSeriesPrediction
        else {
            throw CommandFailure("\(file.path): run.json and the model belong to different applications")
        }
        _ = try application.own(model, of: file.path)
        return (application.series, application.split.unseen)
    }

    private func table(_ forecast: SeriesForecast, _ series: Series) -> Table {
        var table = Table(["time"] + series.columns.flatMap { [$0, "\($0) at least", "\($0) at most"] })
        let labels = series.labels(after: horizon)
        for ahead in 0..<horizon {
            let cells = series.columns.indices.flatMap { column in
                let value = forecast.values[column][ahead]
                let bounds = forecast.bounds?[column][ahead]
                return [value, bounds?.lower, bounds?.upper].map {
                    $0.map { Cell($0, decimals: 4) } ?? Cell("")
                }
            }
            table.add([Cell(labels[ahead])] + cells)
        }
        return table
    }

    /// Draws the last observed values, their one-step predictions, and the forecast.
    private func draw(
        _ forecast: SeriesForecast, of series: Series, by model: SeriesModel, to path: String
    ) throws {
        let shown = max(model.card.window, series.count - max(3 * horizon, 100))
        let predicted = try model.predictions(series, shown..<series.count).map { $0[0] }
        let finding = forecast.finding(series, from: shown, predicted: predicted)
        let size = PictureSize(width: 1000, height: 400)
        try DurableFile.write(Data(finding.chart(size: size).svg.utf8), to: path)
    }
}
