import RecurrentLinearAlgebra
import Recurrent

/// The speed of a large square product by the same BLAS library on all processors, with the library's own threads:
/// the best of all measurements of a run. They are taken between the other figures, so that both see the machine in
/// the same state.
struct GemmPeak<S: Scalar> {
    let size = 2048
    private let seconds: Double
    private let a: Matrix<S>
    private var best: Timing?

    init(seconds: Double) {
        self.seconds = seconds
        var generator = RandomGenerator(seed: 2)
        a = Matrix(rows: size, columns: size) { _, _ in S(generator.uniform()) }
    }

    private var operations: Double { 2 * Double(size) * Double(size) * Double(size) }
    var gflops: Double { best.map { operations / ($0.min * 1e6) } ?? .nan }
    var record: Record {
        Record("gemm-peak", Shape(T: 1, B: 1, I: size, H: size), S.self, best!, gflops: gflops)
    }

    mutating func measure() {
        var c = a
        let timing = Timing(seconds: seconds / 4) {
            a.withView { a in c.withMutableView { gemm(a, a, into: $0) } }
        }
        if timing.min < best?.min ?? .infinity { best = timing }
    }
}
