/// The measure of a network's performance on data that it was not trained on.
struct Measure: Codable, Equatable, Sendable {
    /// "accuracy", "RMSE", "bits per character"
    let name: String
    let isBetterWhenLower: Bool
    /// The number of significant digits after the decimal point.
    let decimals: Int
}
