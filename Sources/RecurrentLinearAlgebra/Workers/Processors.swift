#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The processors that this process may use.
public enum Processors {
    /// The number of processors that the process may use at once: those it is bound to, within the quota of its
    /// control group. At least 1.
    public static let usable: Int = max(1, min(bound, quota ?? bound))

    /// The number of processors in the process's affinity mask, or of all processors if there is no mask.
    private static var bound: Int {
        let mask = systemFile("/proc/self/status")?.split(separator: "\n")
            .first { $0.hasPrefix("Cpus_allowed:") }?.drop { !$0.isWhitespace }
        let processors = mask?.reduce(0) { $0 + ($1.hexDigitValue ?? 0).nonzeroBitCount } ?? 0
        return processors > 0 ? processors : sysconf(Int32(_SC_NPROCESSORS_ONLN))
    }

    /// The quota of the control group in processors, rounded up, from "quota period" in cpu.max; nil without one.
    private static var quota: Int? {
        guard let numbers = systemFile("/sys/fs/cgroup/cpu.max")?.split(whereSeparator: \.isWhitespace),
            numbers.count == 2, let quota = Double(numbers[0]), let period = Double(numbers[1]), period > 0
        else { return nil }
        return Int(exactly: (quota / period).rounded(.up))
    }
}
