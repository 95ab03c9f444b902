import RecurrentLinearAlgebra
import Recurrent

/// Measures the memory of a training step, in addition to the batch and the weights, and the time that recomputing
/// states costs.
func measureMemory(_ cell: CellKind, seconds: Double, workers: Int) throws -> [Record] {
    func show(_ name: String, _ shape: Shape, _ megabytes: Double) {
        print("\(name), F64 \(cell) \(shape): \(format(megabytes, 1)) MB")
    }
    let long = Shape(T: 2000, B: 32, I: 64, H: 256, cell: cell)
    show("memory of a training step", long, try Workload<Double>(long).growthOfTwoSteps(workers: workers))

    let veryLong = Shape(T: 100_000, B: 1, I: 32, H: 64, cell: cell)
    let workload = try Workload<Double>(veryLong)
    let growth = try workload.growthOfTwoSteps(workers: workers, states: .recomputed)
    show("memory with states recomputed", veryLong, growth)
    return [try timeRecomputed(workload, veryLong, seconds: seconds, workers: workers)]
}

private func timeRecomputed(
    _ workload: Workload<Double>, _ shape: Shape, seconds: Double, workers: Int
) throws -> Record {
    let again = workload.trainingStep(workers: workers, states: .recomputed)
    let once = workload.trainingStep(workers: workers)
    var timings: (again: Timing?, once: Timing?)
    for _ in 0..<3 {
        timings.again = try Timing(seconds: seconds / 3, again).merged(with: timings.again)
        timings.once = try Timing(seconds: seconds / 3, once).merged(with: timings.once)
    }
    let (slow, fast) = (timings.again!.min, timings.once!.min)
    print(
        "time with states recomputed: \(format(slow, 1)) ms, kept \(format(fast, 1)) ms, ratio \(format(slow / fast, 2))"
    )
    let speed = shape.trainingOperations / (slow * 1e6)
    return Record("recomputed", shape, Double.self, timings.again!, gflops: speed, workers: workers)
}
