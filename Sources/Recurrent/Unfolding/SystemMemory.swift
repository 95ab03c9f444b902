import RecurrentLinearAlgebra

/// The memory that the system can still give.
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
