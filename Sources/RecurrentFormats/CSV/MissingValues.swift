/// What becomes of missing values in a series: of empty cells, "?", "NA" and "NaN".
public enum MissingValues: String, Sendable, Codable, CaseIterable {
    /// They are errors that name line and column.
    case refuse
    /// They lie on a straight line between their neighbours; at the ends they are what the nearest value is.
    case interpolate
    /// They are what the value before them is; one without a value before it is an error.
    case previous

    /// Fills in the places of a series that are missing.
    ///
    /// - Parameter missing: ascending.
    /// - Returns: the place of a missing value that cannot be filled in, if there is one.
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
                // Taken so, nothing overflows but by rounding, and a constant stays what it is.
                let value = before * (1 - share) + after * share
                series[place] = min(max(value, bounds.lowerBound), bounds.upperBound)
            }
        }
        return nil
    }
}
