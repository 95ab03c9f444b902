import RecurrentLinearAlgebra

/// A request for more memory than there is. Nothing was computed.
public struct MemoryError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The bytes that the unfolding needs beyond what it has.
    public let needed: Int
    /// The bytes that it may take.
    public let available: Int
    /// Whether recomputed states would be a way out.
    public let canRecompute: Bool

    public var description: String {
        let advice =
            canRecompute
            ? "make it with states: .recomputed, which keeps every √T-th state only, or cut the batch"
            : "cut the batch into smaller ones or the sequences into shorter ones"
        return "the unfolding needs \(needed) bytes, \(available) are available; \(advice)"
    }
}

/// The memory that the system still has to give.
enum SystemMemory {
    /// Bytes, within the control group's limit; nil where the system does not tell.
    static var available: Int? {
        let system = line("MemAvailable:", of: "/proc/meminfo").map { $0 * 1024 }
        let limit = number("/sys/fs/cgroup/memory.max")
        let used = number("/sys/fs/cgroup/memory.current")
        // Pages of files that were read count as used, but are given back when memory is asked for.
        let files = line("inactive_file", of: "/sys/fs/cgroup/memory.stat") ?? 0
        guard let limit, let used else { return system }
        return min(system ?? .max, max(0, limit - used + files))
    }

    private static func number(_ path: String) -> Int? {
        systemFile(path).flatMap { Int($0.filter { !$0.isWhitespace }) }
    }

    private static func line(_ name: String, of path: String) -> Int? {
        systemFile(path)?.split(separator: "\n").first { $0.hasPrefix(name) }
            .flatMap { $0.split(whereSeparator: \.isWhitespace).dropFirst().first }.flatMap { Int($0) }
    }
}
