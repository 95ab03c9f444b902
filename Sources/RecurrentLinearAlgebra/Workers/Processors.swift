#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The processors that this process may use.
public enum Processors {
    /// How many the process may run on at once: those it is bound to, within its control group's quota.
    /// At least 1.
    public static let usable: Int = max(1, min(bound, quota ?? bound))

    private static var bound: Int {
        let mask = systemFile("/proc/self/status")?.split(separator: "\n")
            .first { $0.hasPrefix("Cpus_allowed:") }?.drop { !$0.isWhitespace }
        let processors = mask?.reduce(0) { $0 + ($1.hexDigitValue ?? 0).nonzeroBitCount } ?? 0
        return processors > 0 ? processors : sysconf(Int32(_SC_NPROCESSORS_ONLN))
    }

    /// The processors' worth of time that a container is given, rounded up: "quota period" in cpu.max.
    private static var quota: Int? {
        guard let numbers = systemFile("/sys/fs/cgroup/cpu.max")?.split(whereSeparator: \.isWhitespace),
            numbers.count == 2, let quota = Double(numbers[0]), let period = Double(numbers[1]), period > 0
        else { return nil }
        return Int(exactly: (quota / period).rounded(.up))
    }
}

/// The text of a file that the system makes up while it is read, like those in /proc, or nil.
package func systemFile(_ path: String) -> String? {
    guard let file = unsafe fopen(path, "r") else { return nil }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = unsafe getc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    return String(decoding: bytes, as: UTF8.self)
}
