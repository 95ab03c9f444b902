import RecurrentLinearAlgebra
import Recurrent

/// Times one step of a streaming network, for 1 and 16 sequences. Prints microseconds.
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
