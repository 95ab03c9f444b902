import Recurrent

/// How a series goes on: the network takes its own predictions for true, and errors of the past say how far to trust it.
struct SeriesForecast {
    /// The share of the errors of the past that an interval holds.
    static let coverage = 0.9
    /// With fewer free runs in the past there is no interval.
    private static let fewestRuns = 20
    /// More say nothing new.
    private static let mostRuns = 1000

    /// Of each column, for each time ahead.
    let values: [[Double]]
    /// Between which values nine of ten forecasts from within `unseen` would have kept: the values and the 5th and the
    /// 95th of a hundred errors. Of each column, for each time ahead; nil if there were too few errors.
    let bounds: [[(lower: Double, upper: Double)]]?

    /// - Parameter unseen: times that the network was not fitted to.
    init(_ series: Series, by model: SeriesModel, horizon: Int, unseen: Range<Int>) throws {
        let columns = model.card.columns.indices
        let run = try model.freeRuns(series, from: [series.count], horizon: horizon)[0]
        values = columns.map { column in run.map { $0[column] } }

        let first = max(unseen.lowerBound, model.card.window)
        let last = unseen.upperBound - horizon
        guard last - first + 1 >= Self.fewestRuns else {
            bounds = nil
            return
        }
        let distance = (last - first) / Self.mostRuns + 1
        let starts = Array(stride(from: first, through: last, by: distance))
        let runs = try model.freeRuns(series, from: starts, horizon: horizon)
        // As many of n errors as promise the share for one more.
        let upper =
            min(starts.count, Int(((1 + Self.coverage) / 2 * Double(starts.count + 1)).rounded(.up))) - 1
        bounds = columns.map { column in
            (0..<horizon).map { ahead in
                let errors = zip(starts, runs).map { start, past in
                    series.values[column][start + ahead] - past[ahead][column]
                }.sorted()
                let value = run[ahead][column]
                return (value + errors[starts.count - 1 - upper], value + errors[upper])
            }
        }
    }

    /// The first column, with what was observed of it from a time on.
    func finding(_ series: Series, from start: Int, predicted: [Double]) -> ForecastFinding {
        let bounds = bounds?[0] ?? []
        return ForecastFinding(
            name: series.columns[0], observed: Array(series.values[0][start...]),
            labels: (start..<series.count).compactMap { series.dates?.dates[$0].description }, start: start,
            predicted: predicted, forecast: values[0],
            lower: bounds.map(\.lower), upper: bounds.map(\.upper),
            coverage: Self.coverage, following: series.labels(after: values[0].count))
    }
}
