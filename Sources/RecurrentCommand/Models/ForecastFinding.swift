/// A series, its one-step predictions, and its forecast.
struct ForecastFinding: Codable, Equatable, Sendable {
    let name: String
    /// The observed values that are shown: the test set and some before it.
    let observed: [Double]
    /// The name of each observed value on the axis, such as "1998-07"; empty if there are only positions.
    let labels: [String]
    /// The position of the first of `observed` in the series, counted from 0.
    let start: Int
    /// One-step predictions of the last `predicted.count` observed values.
    let predicted: [Double]
    /// The free-running forecast of the values after the last observed one.
    let forecast: [Double]
    /// The interval of each value of the forecast, which contains `coverage` of past errors.
    let lower: [Double]
    let upper: [Double]
    let coverage: Double
    /// The name of each value of the forecast; empty if there are only positions.
    var following: [String] = []
}
