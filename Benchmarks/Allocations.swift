import AllocationCounter

/// The requests for memory that a number of runs made.
struct Allocations {
    /// The fewest of three attempts, since a worker that starts late allocates its own memory first.
    let count: Int

    init(warmUp: Int, runs: Int, _ body: () throws -> Void) rethrows {
        for _ in 0..<warmUp { try body() }
        var fewest = Int.max
        for _ in 0..<3 {
            let before = allocation_count()
            for _ in 0..<runs { try body() }
            fewest = min(fewest, allocation_count() - before)
        }
        count = fewest
    }
}
