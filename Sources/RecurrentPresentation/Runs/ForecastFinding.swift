/// A series, its one-step predictions, and its forecast.
package struct ForecastFinding: Codable, Equatable, Sendable {
    package let name: String
    /// The observed values that are shown: the test set and some before it.
    package let observed: [Double]
    /// The name of each observed value on the axis, such as "1998-07"; empty if there are only positions.
    package let labels: [String]
    /// The position of the first of `observed` in the series, counted from 0.
    package let start: Int
    /// One-step predictions of the last `predicted.count` observed values.
    package let predicted: [Double]
    /// The free-running forecast of the values after the last observed one.
    package let forecast: [Double]
    /// The interval of each value of the forecast, which contains `coverage` of past errors.
    package let lower: [Double]
    package let upper: [Double]
    package let coverage: Double
    /// The name of each value of the forecast; empty if there are only positions.
    package var following: [String] = []

    package init(
        name: String, observed: [Double], labels: [String], start: Int, predicted: [Double],
        forecast: [Double], lower: [Double], upper: [Double], coverage: Double, following: [String] = []
    ) {
        self.name = name
        self.observed = observed
        self.labels = labels
        self.start = start
        self.predicted = predicted
        self.forecast = forecast
        self.lower = lower
        self.upper = upper
        self.coverage = coverage
        self.following = following
    }
}
