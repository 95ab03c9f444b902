/// The arithmetic mean; NaN of nothing.
func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

/// The middle value, or the mean of the two in the middle; at least one value.
func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}

/// √(mean (prediction − truth)²)
func rootMeanSquare(_ predictions: [Double], _ truth: some Collection<Double>) -> Double {
    let squares = zip(predictions, truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return (squares / Double(predictions.count)).squareRoot()
}
