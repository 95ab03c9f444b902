import Foundation

/// Milliseconds of many runs.
struct Timing {
    let min: Double
    let median: Double

    /// Runs `body` once to warm up, then for `seconds` and at least three times.
    init<E: Error>(seconds: Double, _ body: () throws(E) -> Void) throws(E) {
        try body()
        try self.init(seconds: seconds, atLeast: 3, body)
    }

    /// Runs `body` for `seconds` and at least so many times.
    init<E: Error>(seconds: Double, atLeast count: Int, _ body: () throws(E) -> Void) throws(E) {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        var runs: [Double] = []
        while runs.count < count || clock.now < end {
            let start = clock.now
            try body()
            runs.append((clock.now - start) / .milliseconds(1))
        }
        runs.sort()
        min = runs[0]
        median = (runs[(runs.count - 1) / 2] + runs[runs.count / 2]) / 2
    }
}

/// A number with `decimals` digits behind the point, right-aligned.
func format(_ value: Double, _ decimals: Int, width: Int = 0) -> String {
    let text = String(format: "%.\(decimals)f", value)
    return String(repeating: " ", count: max(0, width - text.count)) + text
}
