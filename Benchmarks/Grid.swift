import RecurrentLinearAlgebra
import Recurrent

/// One shape of the grid, measured in several rounds.
private struct Cell<S: Scalar> {
    let shape: Shape
    let train: () throws -> Void
    let infer: () throws -> Void
    var training: Timing?
    var inference: Timing?

    init(_ shape: Shape, workers: Int) throws {
        self.shape = shape
        let workload = try Workload<S>(shape)
        (train, infer) = (workload.trainer(workers: workers), workload.inferrer(workers: workers))
    }

    mutating func measure(seconds: Double) throws {
        training = try Timing(seconds: seconds, train).merged(with: training)
        inference = try Timing(seconds: seconds / 2, infer).merged(with: inference)
    }
}

/// Training steps and forward passes over the grid, in one number type. The grid is gone through in several
/// rounds, and the peak measured before every cell, so that a machine that slows down for a while slows all.
func timeGrid<S: Scalar>(_ type: S.Type, seconds: Double, workers: Int) throws -> [Record] {
    let rounds = 4
    var peak = GemmPeak<S>(seconds: seconds / Double(rounds))
    var cells = try Shape.grid.map { try Cell<S>($0, workers: workers) }
    for _ in 0..<rounds {
        for index in cells.indices {
            peak.measure()
            try cells[index].measure(seconds: seconds / Double(rounds))
        }
    }
    print("\(S.typeName)              train ms min   median  Gflop/s  of peak   infer ms min  Gflop/s")
    var records: [Record] = []
    for cell in cells {
        guard let training = cell.training, let inference = cell.inference else { continue }
        let speed = cell.shape.trainingOperations / (training.min * 1e6)
        let inferenceSpeed = cell.shape.forwardOperations / (inference.min * 1e6)
        records.append(
            Record("train-step", cell.shape, S.self, training, gflops: speed, workers: workers))
        records.append(
            Record("inference", cell.shape, S.self, inference, gflops: inferenceSpeed, workers: workers))
        print(
            cell.shape.description.padding(toLength: 20, withPad: " ", startingAt: 0),
            format(training.min, 3, width: 9), format(training.median, 3, width: 8),
            format(speed, 1, width: 8), format(speed / peak.gflops * 100, 0, width: 7) + " %",
            format(inference.min, 3, width: 13), format(inferenceSpeed, 1, width: 8))
    }
    print("gemm \(peak.size)³ on all processors: \(format(peak.gflops, 1)) Gflop/s\n")
    return records + [peak.record]
}

/// One step of a network that is run step by step: microseconds.
func timeStreaming<S: Scalar>(_ type: S.Type, seconds: Double) throws -> [Record] {
    try [1, 16].map { sequences in
        let shape = Shape(T: 1, B: sequences, I: 32, H: 128)
        let network = try Workload<S>(shape).network
        var state = network.state(sequences: sequences)
        let x = Matrix<S>(rows: sequences, columns: shape.I) { _, _ in 0.25 }
        let timing = try Timing(seconds: seconds / 2, repeats: 100) { try network.step(x, &state) }
        print(
            "streaming step \(S.typeName), \(sequences) sequence(s), I = 32, H = 128, O = 32: \(format(timing.min * 1000, 2)) µs"
        )
        let speed = shape.forwardOperations / (timing.min * 1e6)
        return Record("streaming-step", shape, S.self, timing, gflops: speed, workers: 1)
    }
}

/// A ragged batch beside the padded one: the share of the time.
func timeRagged<S: Scalar>(_ type: S.Type, seconds: Double, workers: Int) throws -> [Record] {
    let (shape, lengths) = (Shape.ragged, Shape.raggedLengths)
    let padded = try Workload<S>(shape).trainer(workers: workers)
    let ragged = try Workload<S>(shape, lengths: lengths).trainer(workers: workers)
    var (fast, slow) = (Double.infinity, Double.infinity)
    var timing: Timing?
    for _ in 0..<4 {
        slow = min(slow, try Timing(seconds: seconds / 4, padded).min)
        timing = try Timing(seconds: seconds / 4, ragged)
        fast = min(fast, timing!.min)
    }
    let valid = Double(lengths.reduce(0, +)) / Double(shape.T * shape.B)
    print(
        "ragged \(S.typeName) \(shape), lengths \(lengths.min()!)…\(lengths.max()!), \(format(valid * 100, 0)) % of the steps: \(format(fast, 3)) ms, padded \(format(slow, 3)) ms, ratio \(format(fast / slow, 3))"
    )
    let speed = shape.trainingOperations * valid / (fast * 1e6)
    return [Record("ragged", shape, S.self, timing!, gflops: speed, workers: workers)]
}
