import RecurrentLinearAlgebra
import Recurrent

/// Times a ragged batch and the same batch padded, and prints the ratio.
func timeRagged<S: Scalar>(
    _ type: S.Type, _ cell: CellKind, seconds: Double, workers: Int
) throws -> [Record] {
    let (shape, lengths) = (Shape.ragged(of: cell), Shape.raggedLengths)
    let padded = try Workload<S>(shape).trainingStep(workers: workers)
    let ragged = try Workload<S>(shape, lengths: lengths).trainingStep(workers: workers)
    var slow = Double.infinity
    var timing: Timing?
    for _ in 0..<4 {
        slow = min(slow, try Timing(seconds: seconds / 4, padded).min)
        timing = try Timing(seconds: seconds / 4, ragged).merged(with: timing)
    }
    let fast = timing!.min
    let valid = Double(lengths.reduce(0, +)) / Double(shape.T * shape.B)
    print(
        "ragged \(S.typeName) \(cell) \(shape), lengths \(lengths.min()!)…\(lengths.max()!), \(format(valid * 100, 0)) % of the steps: \(format(fast, 3)) ms, padded \(format(slow, 3)) ms, ratio \(format(fast / slow, 3))"
    )
    let speed = shape.trainingOperations * valid / (fast * 1e6)
    return [Record("ragged", shape, S.self, timing!, gflops: speed, workers: workers)]
}
