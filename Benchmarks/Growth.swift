import Foundation
import Recurrent

/// The largest growth of the process's resident memory while `body` runs, in megabytes. What the process has free is
/// given back to the system first.
func growth(_ body: () throws -> Void) throws -> Double {
    giveBackFreeMemory()
    // Resets the high-water mark to what is resident now.
    try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    let before = kilobytes("VmRSS:")
    try body()
    return Double(max(0, kilobytes("VmHWM:") - before)) * 1024 / 1e6
}

extension Workload {
    /// The growth during the first two training steps, in megabytes.
    func growthOfTwoSteps(workers: Int, states: StateStorage = .kept) throws -> Double {
        try growth {
            let step = trainingStep(workers: workers, states: states)
            for _ in 0..<2 { try step() }
        }
    }
}

/// Only glibc has `malloc_trim`, and Swift does not import it; without it nothing is given back.
private func giveBackFreeMemory() {
    typealias Trim = @convention(c) (Int) -> CInt
    guard let trim = unsafe dlsym(nil, "malloc_trim") else { return }
    _ = unsafe unsafeBitCast(trim, to: Trim.self)(0)
}

private func kilobytes(_ name: String) -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
}
