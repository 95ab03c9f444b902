/// √(mean (prediction − truth)²)
func rootMeanSquare(_ predictions: [Double], _ truth: some Collection<Double>) -> Double {
    let squares = zip(predictions, truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return (squares / Double(predictions.count)).squareRoot()
}

/// The fraction of predictions that are correct.
func accuracy<Class: Equatable>(_ predictions: [Class], _ truth: [Class]) -> Double {
    Double(zip(predictions, truth).count { $0 == $1 }) / Double(truth.count)
}
