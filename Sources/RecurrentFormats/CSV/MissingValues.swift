/// The treatment of missing values in a series: of empty cells, "?", "NA" and "NaN".
public enum MissingValues: String, Sendable, Codable, CaseIterable {
    /// A missing value is an error that names line and column.
    case refuse
    /// The straight line between the neighbours; at the ends of the series the nearest value.
    case interpolate
    /// The value before; a missing value without one before it is an error.
    case previous

    /// Fills in the missing values of a series.
    ///
    /// - Parameter missing: their indices, ascending.
    /// - Returns: the index of a missing value that cannot be filled in, or nil.
    func fill(_ missing: [Int], in series: inout [Double]) -> Int? {
        guard let first = missing.first else { return nil }
        if self == .refuse || missing.count == series.count || self == .previous && first == 0 {
            return first
        }
        var next = 0
        while next < missing.count {
            let start = missing[next]
            var end = start
            while next < missing.count, missing[next] == end {
                end += 1
                next += 1
            }
            let before = start > 0 ? series[start - 1] : series[end]
            let after = self == .interpolate && end < series.count ? series[end] : before
            let bounds = min(before, after)...max(before, after)
            for place in start..<end {
                let share = Double(place - start + 1) / Double(end - start + 1)
                // In this form only rounding can overflow, and a constant series stays constant.
                let value = before * (1 - share) + after * share
                series[place] = min(max(value, bounds.lowerBound), bounds.upperBound)
            }
        }
        return nil
    }
}
