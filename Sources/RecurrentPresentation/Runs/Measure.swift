/// The measure of a network's performance on data that it was not trained on.
package struct Measure: Codable, Equatable, Sendable {
    /// "accuracy", "RMSE", "bits per character"
    package let name: String
    package let isBetterWhenLower: Bool
    /// The number of significant digits after the decimal point.
    package let decimals: Int

    package init(name: String, isBetterWhenLower: Bool, decimals: Int) {
        self.name = name
        self.isBetterWhenLower = isBetterWhenLower
        self.decimals = decimals
    }
}
