import RecurrentLinearAlgebra

/// The affine map that gives a series mean 0 and standard deviation 1. Fit it to the training data only, never to
/// validation or test data.
public struct Standardisation: Equatable, Sendable, Codable {
    public let mean: Double
    /// The standard deviation; 1 for a constant series, so that nothing is divided by 0.
    public let deviation: Double

    /// - Precondition: there is at least one value, and all are finite.
    public init(fittedTo values: some Collection<Double>) {
        require(!values.isEmpty, "a standardisation needs at least one value")
        require(values.allSatisfy(\.isFinite), "a standardisation needs finite values")
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        self.mean = mean
        deviation = variance > 0 ? variance.squareRoot() : 1
    }

    /// (value − mean) / deviation
    public func standardise(_ value: Double) -> Double { (value - mean) / deviation }
    /// The inverse of `standardise`, to rounding.
    public func restore(_ value: Double) -> Double { value * deviation + mean }
}
