import RecurrentLinearAlgebra
import Recurrent

/// One shape of the grid, measured in several rounds.
private struct GridEntry<S: Scalar> {
    let shape: Shape
    let train: () throws -> Void
    let infer: () throws -> Void
    var training: Timing?
    var inference: Timing?

    init(_ shape: Shape, workers: Int) throws {
        self.shape = shape
        let workload = try Workload<S>(shape)
        train = workload.trainingStep(workers: workers)
        infer = workload.forwardPass(workers: workers)
    }

    mutating func measure(seconds: Double) throws {
        training = try Timing(seconds: seconds, train).merged(with: training)
        inference = try Timing(seconds: seconds / 2, infer).merged(with: inference)
    }
}

/// Times training steps and forward passes over the grid, in one number type. There are several rounds, and the peak
/// is measured before every shape, so that a machine that slows down for a while affects all figures alike.
func timeGrid<S: Scalar>(
    _ type: S.Type, _ cell: CellKind, seconds: Double, workers: Int
) throws -> [Record] {
    let rounds = 4
    var peak = GemmPeak<S>(seconds: seconds / Double(rounds))
    var entries = try Shape.grid(of: cell).map { try GridEntry<S>($0, workers: workers) }
    for _ in 0..<rounds {
        for index in entries.indices {
            peak.measure()
            try entries[index].measure(seconds: seconds / Double(rounds))
        }
    }
    print(
        "\(S.typeName) \(cell)".padding(toLength: 22, withPad: " ", startingAt: 0),
        "train ms min   median  Gflop/s  of peak   infer ms min  Gflop/s")
    var records: [Record] = []
    for entry in entries {
        guard let training = entry.training, let inference = entry.inference else { continue }
        let speed = entry.shape.trainingOperations / (training.min * 1e6)
        let inferenceSpeed = entry.shape.forwardOperations / (inference.min * 1e6)
        records.append(
            Record("train-step", entry.shape, S.self, training, gflops: speed, workers: workers))
        records.append(
            Record("inference", entry.shape, S.self, inference, gflops: inferenceSpeed, workers: workers))
        print(
            entry.shape.description.padding(toLength: 26, withPad: " ", startingAt: 0),
            format(training.min, 3, width: 9), format(training.median, 3, width: 8),
            format(speed, 1, width: 8), format(speed / peak.gflops * 100, 0, width: 7) + " %",
            format(inference.min, 3, width: 13), format(inferenceSpeed, 1, width: 8))
    }
    print("gemm \(peak.size)³ on all processors: \(format(peak.gflops, 1)) Gflop/s\n")
    return records + [peak.record]
}
