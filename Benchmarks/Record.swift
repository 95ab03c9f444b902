import RecurrentLinearAlgebra

/// One figure of the JSON file.
struct Record: Encodable {
    struct Milliseconds: Encodable {
        let min: Double
        let median: Double
    }

    let workload: String
    let T: Int
    let B: Int
    let I: Int
    let H: Int
    let O: Int
    /// As on the command line; of no meaning for "gemm-peak".
    let cell: String
    let scalar: String
    let workers: Int
    let milliseconds: Milliseconds
    let gflops: Double

    /// - Parameter workload: "train-step", "inference", "streaming-step", "ragged", "recomputed" or
    ///   "gemm-peak" (a square product of size H = I = O, with T = B = 1), or a name from --training.
    init<S: Scalar>(
        _ workload: String, _ shape: Shape, _ scalar: S.Type, _ timing: Timing, gflops: Double,
        workers: Int = Processors.usable
    ) {
        self.workload = workload
        (T, B, I, H, O) = (shape.T, shape.B, shape.I, shape.H, shape.O)
        cell = shape.cell.rawValue
        self.scalar = S.self == Float.self ? "f32" : "f64"
        self.workers = workers
        milliseconds = Milliseconds(min: timing.min, median: timing.median)
        self.gflops = gflops
    }
}
