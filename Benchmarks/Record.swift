import LinearAlgebra

/// One figure, as the JSON file has it.
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
    let scalar: String
    let workers: Int
    let milliseconds: Milliseconds
    let gflops: Double

    /// A training step.
    init<S: Scalar>(_ shape: Shape, scalar: S.Type, _ timing: Timing) {
        self.init(
            workload: "train-step", shape, scalar: scalar, timing,
            gflops: shape.operations / (timing.min * 1e6))
    }

    /// A square product of size H = I = O, as T = B = 1.
    init<S: Scalar>(gemmOfSize size: Int, scalar: S.Type, _ timing: Timing, gflops: Double) {
        self.init(
            workload: "gemm-peak", Shape(T: 1, B: 1, I: size, H: size), scalar: scalar, timing,
            gflops: gflops)
    }

    private init<S: Scalar>(
        workload: String, _ shape: Shape, scalar: S.Type, _ timing: Timing, gflops: Double
    ) {
        self.workload = workload
        (T, B, I, H, O) = (shape.T, shape.B, shape.I, shape.H, shape.O)
        self.scalar = S.self == Float.self ? "f32" : "f64"
        workers = 1
        milliseconds = Milliseconds(min: timing.min, median: timing.median)
        self.gflops = gflops
    }
}
