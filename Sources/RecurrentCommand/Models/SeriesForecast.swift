import Recurrent

/// A forecast of a series: the predictions of a network become its next inputs. Intervals come from the errors of such
/// forecasts in the past.
struct SeriesForecast {
    /// The fraction of past errors that an interval contains.
    static let coverage = 0.9
    /// The smallest number of past forecasts for which there is an interval.
    private static let fewestRuns = 20
    /// The largest number of past forecasts.
    private static let mostRuns = 1000

    /// The forecast of each column, for each step ahead.
    let values: [[Double]]
    /// The interval of each column, for each step ahead: the forecast plus the 5th and the 95th percentile of the errors
    /// of forecasts that began within `unseen`; nil if there were too few.
    let bounds: [[(lower: Double, upper: Double)]]?

    /// - Parameter unseen: times outside the training data.
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
        // The rank among n errors that promises the coverage for one more.
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

    /// The first column, with the values observed from `start` on.
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
