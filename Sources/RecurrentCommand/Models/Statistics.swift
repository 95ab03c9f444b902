/// The arithmetic mean; NaN without values.
func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

/// The middle value, or the mean of the two in the middle.
///
/// - Precondition: there is at least one value.
func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}

/// √(mean (prediction − truth)²)
func rootMeanSquare(_ predictions: [Double], _ truth: some Collection<Double>) -> Double {
    let squares = zip(predictions, truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return (squares / Double(predictions.count)).squareRoot()
}

/// The fraction of predictions that are correct.
func accuracy<Class: Equatable>(_ predictions: [Class], _ truth: [Class]) -> Double {
    Double(zip(predictions, truth).count { $0 == $1 }) / Double(truth.count)
}
