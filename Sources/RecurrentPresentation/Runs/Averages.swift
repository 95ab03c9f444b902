/// The arithmetic mean; NaN without values.
package func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

/// The middle value, or the mean of the two in the middle.
///
/// - Precondition: there is at least one value.
package func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}
