import ArgumentParser
import RecurrentCharts
import Foundation
import Recurrent

struct ForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Forecast how a series goes on.",
        discussion: """
            The network of a run of rnn train series goes on behind the end of the series, taking its \
            own forecasts for true. The interval holds nine tenths of the errors that it made when it \
            was let run like that from within what it was not fitted to: the parts for validation and \
            test, or the last third of the file that --data names. Without enough of them there is no \
            interval.

            Examples:
              rnn forecast runs/series
              rnn forecast runs/series --horizon 60 --picture forecast.svg
              rnn forecast runs/sales --data sales-until-today.csv --format csv
            """)

    @Argument(
        help: ArgumentHelp("A run's folder, or a model file.", valueName: "run"), completion: .models)
    var path: String

    @Option(
        help: ArgumentHelp(
            "A CSV file with the columns of the series, whose end is to be gone on from; the data of the run by default.",
            valueName: "file"),
        completion: .tables)
    var data: String?

    @Option(help: "How many steps ahead.")
    var horizon = 24

    @Option(
        help: ArgumentHelp("Where to draw the series and its forecast, as SVG.", valueName: "file"),
        completion: .pictures)
    var picture: String?

    @OptionGroup var output: FormatOptions

    func validate() throws {
        guard 1...100_000 ~= horizon else { throw ValidationError("--horizon must be in 1...100000.") }
    }

    func run() throws {
        guard let model = try trainedModel(at: path) as? SeriesModel else {
            throw CommandFailure(
                "\(path): this is a model of another task, which forecasts nothing; train one with: rnn train series"
            )
        }
        if let picture { try DurableFile.check(picture) }
        let (series, unseen) = try series(model)
        let forecast = try SeriesForecast(series, by: model, horizon: horizon, unseen: unseen)
        if let picture { try draw(forecast, of: series, by: model, to: picture) }
        let note =
            forecast.bounds == nil
            ? "There are too few values for an interval at --horizon \(horizon)."
            : "Nine of ten such forecasts kept within the bounds, which lie where its errors lay: not always around the forecast."
        try output.print(
            table(forecast, series), after: note + (picture.map { "\npicture: \($0)" } ?? ""))
    }

    private func series(_ model: SeriesModel) throws -> (Series, unseen: Range<Int>) {
        if let data {
            let series = try model.series(data)
            return (series, TimeSplit(series, isSunspots: false).unseen)
        }
        let application = try TrainCommand.application(of: RunFolder.description(of: path))
        guard let application = application as? TimeSeriesPrediction else {
            throw CommandFailure("\(path): run.json names another application than the model")
        }
        _ = try application.own(model, of: path)
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

    /// The last values, one step ahead and observed, and the forecast.
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
