import RecurrentLinearAlgebra
import Recurrent

/// Times one step of a streaming network, for 1 and 16 sequences, and of a smaller one. Prints microseconds.
func timeStreaming<S: Scalar>(_ type: S.Type, _ cell: CellKind, seconds: Double) throws -> [Record] {
    let shapes = [
        Shape(T: 1, B: 1, I: 32, H: 128, cell: cell), Shape(T: 1, B: 16, I: 32, H: 128, cell: cell),
        Shape(T: 1, B: 1, I: 16, H: 64, cell: cell),
    ]
    return try shapes.map { shape in
        let network = try Workload<S>(shape).network
        var state = network.state(sequences: shape.B)
        let x = Matrix<S>(rows: shape.B, columns: shape.I) { _, _ in 0.25 }
        let timing = try Timing(seconds: seconds / 2, repeats: 100) { try network.step(x, &state) }
        print(
            "streaming step \(S.typeName) \(cell), \(shape.B) sequence(s), I = \(shape.I), H = \(shape.H), O = \(shape.O): \(format(timing.min * 1000, 2)) µs"
        )
        let speed = shape.forwardOperations / (timing.min * 1e6)
        return Record("streaming-step", shape, S.self, timing, gflops: speed, workers: 1)
    }
}
