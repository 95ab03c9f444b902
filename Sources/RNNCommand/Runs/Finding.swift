/// What an application shows of its first network, for the report.
enum Finding: Codable, Equatable, Sendable {
    case forecast(ForecastFinding)
    case confusion(ConfusionMatrix)
    case sample(SampledText)
}

/// A series, what the network expected, and how it thinks the series goes on.
struct ForecastFinding: Codable, Equatable, Sendable {
    let name: String
    /// The observed values that are shown: the test part and some before it.
    let observed: [Double]
    /// What each observed value is called on the axis, such as "1998-07"; empty if positions serve.
    let labels: [String]
    /// Where `observed` begins in the series, counted from 0.
    let start: Int
    /// One step ahead, for the last `predicted.count` of the observed values.
    let predicted: [Double]
    /// Free running, for the values after the last observed one.
    let forecast: [Double]
    /// An interval around each value of the forecast that holds `coverage` of the residuals.
    let lower: [Double]
    let upper: [Double]
    let coverage: Double
    /// What the values of the forecast are called; empty if positions serve.
    var following: [String] = []
}

/// How often a sequence of one class was taken for another.
struct ConfusionMatrix: Codable, Equatable, Sendable {
    let labels: [String]
    /// A row for each true class, a column for each predicted one.
    var counts: [[Int]]
}

/// Text that the network wrote.
struct SampledText: Codable, Equatable, Sendable {
    struct Symbol: Codable, Equatable, Sendable {
        let text: String
        /// What the network gave the symbol before it was drawn.
        let probability: Double
    }

    let prompt: String
    let temperature: Double
    let symbols: [Symbol]
}
