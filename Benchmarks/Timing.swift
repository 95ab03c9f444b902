import Foundation

/// Milliseconds of many runs.
struct Timing {
    private let runs: [Double]
    var min: Double { runs[0] }
    var median: Double { (runs[(runs.count - 1) / 2] + runs[runs.count / 2]) / 2 }

    /// Runs `body` once to warm up, then for `seconds` and at least three times. What takes less than ten
    /// microseconds is to be given as `repeats` runs in one.
    init<E: Error>(seconds: Double, repeats: Int = 1, _ body: () throws(E) -> Void) throws(E) {
        try body()
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        var runs: [Double] = []
        while runs.count < 3 || clock.now < end {
            let start = clock.now
            for _ in 0..<repeats { try body() }
            runs.append((clock.now - start) / .milliseconds(1) / Double(repeats))
        }
        self.runs = runs.sorted()
    }

    private init(_ runs: [Double]) { self.runs = runs.sorted() }

    /// All runs of both.
    func merged(with other: Timing?) -> Timing { other.map { Timing(runs + $0.runs) } ?? self }
}

/// A number with `decimals` digits behind the point, right-aligned.
func format(_ value: Double, _ decimals: Int, width: Int = 0) -> String {
    aligned(String(format: "%.\(decimals)f", value), width)
}

/// A text moved to the right end of `width` characters.
func aligned(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
}
