/// An example of what the first network of a run does, for the report.
package enum Finding: Codable, Equatable, Sendable {
    case forecast(ForecastFinding)
    case confusion(ConfusionMatrix)
    case sample(SampledText)
}
