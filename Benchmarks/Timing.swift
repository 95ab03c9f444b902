/// The times of many runs, in milliseconds.
struct Timing {
    private let runs: [Double]
    var min: Double { runs[0] }
    var median: Double { (runs[(runs.count - 1) / 2] + runs[runs.count / 2]) / 2 }

    /// Runs `body` once to warm up, then for `seconds` and at least three times.
    ///
    /// - Parameter repeats: the runs of `body` between two readings of the clock; more than one for work that takes less
    ///   than ten microseconds.
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

    /// The runs of both together.
    func merged(with other: Timing?) -> Timing { other.map { Timing(runs + $0.runs) } ?? self }
}
