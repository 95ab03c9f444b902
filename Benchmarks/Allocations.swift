import AllocationCounter

/// How often the process asked for memory in a number of runs.
struct Allocations {
    /// The fewest of three tries, since a worker that joins late asks for its own beginnings.
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
