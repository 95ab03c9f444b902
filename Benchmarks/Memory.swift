import Foundation
import RecurrentLinearAlgebra
import Recurrent

/// Measures the memory of a training step, in addition to the batch and the weights, and the time that recomputing
/// states costs.
func measureMemory(seconds: Double, workers: Int) throws -> [Record] {
    let long = Shape(T: 2000, B: 32, I: 64, H: 256)
    let kept = try Workload<Double>(long)
    print(
        "memory of a training step, F64 \(long): \(try growthOfTwoSteps { kept.trainingStep(workers: workers) }) MB"
    )

    let veryLong = Shape(T: 100_000, B: 1, I: 32, H: 64)
    let workload = try Workload<Double>(veryLong)
    let recomputed = { workload.trainingStep(workers: workers, states: .recomputed) }
    print("memory with states recomputed, F64 \(veryLong): \(try growthOfTwoSteps(recomputed)) MB")
    var (slow, fast) = (Double.infinity, Double.infinity)
    var timing: Timing?
    let (again, once) = (recomputed(), workload.trainingStep(workers: workers))
    for _ in 0..<3 {
        timing = try Timing(seconds: seconds / 3, again)
        slow = min(slow, timing!.min)
        fast = min(fast, try Timing(seconds: seconds / 3, once).min)
    }
    print(
        "time with states recomputed: \(format(slow, 1)) ms, kept \(format(fast, 1)) ms, ratio \(format(slow / fast, 2))"
    )
    let speed = veryLong.trainingOperations / (slow * 1e6)
    return [Record("recomputed", veryLong, Double.self, timing!, gflops: speed, workers: workers)]
}

/// The largest growth of memory during the first two training steps, in megabytes.
private func growthOfTwoSteps(_ makeStep: () -> () throws -> Void) throws -> String {
    try format(
        growth {
            let step = makeStep()
            for _ in 0..<2 { try step() }
        }, 1)
}

/// The largest growth of the process's resident memory while `body` runs, in megabytes.
func growth(_ body: () throws -> Void) rethrows -> Double {
    // Resets the high-water mark to what is resident now.
    try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    let before = kilobytes("VmRSS:")
    try body()
    return Double(max(0, kilobytes("VmHWM:") - before)) * 1024 / 1e6
}

private func kilobytes(_ name: String) -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
}
