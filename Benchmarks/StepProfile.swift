import RecurrentLinearAlgebra
import Recurrent

/// A breakdown of the time of a training step. Each kind of work is timed alone on one worker, in the pieces in which
/// the engine does it; then the rest of a step on one worker, and the time lost by sharing.
struct StepProfile<S: Scalar> {
    let shape: Shape
    let seconds: Double

    /// The number of sequences in a block, if B is a power of two.
    private var blockRows: Int { shape.B < 4 ? shape.B : min(16, shape.B / 2) }
    private var stepCalls: Int { shape.T * shape.B / blockRows }
    private var chunkRows: Int { min(256 / blockRows, shape.T) * blockRows }
    private var chunkCalls: Int { (shape.T * shape.B + chunkRows - 1) / chunkRows }

    /// A kind of work, and the multiplications that it does for a row.
    private typealias Part = (name: String, milliseconds: Double, multiplications: Int)

    func show() throws {
        let workload = try Workload<S>(shape)
        let one = try Timing(seconds: seconds, workload.trainingStep(workers: 1)).min
        let all = try Timing(seconds: seconds, workload.trainingStep(workers: Processors.usable)).min
        let parts = parts()
        print("\(S.typeName) \(shape)            ms   share   Gflop/s")
        for part in parts { show(part, of: one) }
        let requests = try Allocations(
            warmUp: 3, runs: 3, workload.trainingStep(workers: Processors.usable)
        ).count
        let rest = one - parts.reduce(0) { $0 + $1.milliseconds }
        let lost = all * Double(Processors.usable) - one
        print(
            "the rest: biases, loss, copies of weights, clipping, update, calls \(format(rest, 3)) ms, \(format(rest / one * 100, 1)) %"
        )
        print(
            "training step \(format(one, 3)) ms on 1 worker, \(format(all, 3)) on \(Processors.usable); waiting and slower memory \(format(lost / one * 100, 1)) %; requests for memory \(requests)\n"
        )
    }

    private func parts() -> [Part] {
        let (I, H, O) = (shape.I, shape.H, shape.O)
        return [
            ("X W_x", product(chunkRows, H, I, chunkCalls, beta: 0), I * H),
            ("s W_s", product(blockRows, H, H, stepCalls, beta: 1), H * H),
            ("S W_y", product(chunkRows, O, H, chunkCalls, beta: 0), H * O),
            ("δA W_yᵀ", product(chunkRows, H, O, chunkCalls, beta: 0), H * O),
            ("δz W_sᵀ", product(blockRows, H, H, stepCalls, beta: 1), H * H),
            ("S₋ᵀ δZ", gradient(H, H), H * H), ("S₊ᵀ δA", gradient(H, O), H * O),
            ("Xᵀ δZ", gradient(I, H), I * H),
            ("tanh and its derivative", elementwise(), 0),
        ]
    }

    private func show(_ part: Part, of step: Double) {
        let speed = 2 * Double(shape.T * shape.B) * Double(part.multiplications) / (part.milliseconds * 1e6)
        print(
            part.name.padding(toLength: 24, withPad: " ", startingAt: 0),
            format(part.milliseconds, 3, width: 9),
            format(part.milliseconds / step * 100, 1, width: 5) + " %",
            part.multiplications > 0 ? format(speed, 1, width: 9) : "")
    }

    private func matrix(_ rows: Int, _ columns: Int) -> Matrix<S> {
        var generator = RandomGenerator(seed: 3)
        return Matrix(rows: rows, columns: columns) { _, _ in S(generator.uniform(within: 0.1)) }
    }

    /// The time of all products of one kind with weights of k × n, `rows` rows per call, over a buffer of a block's
    /// length.
    private func product(_ rows: Int, _ n: Int, _ k: Int, _ calls: Int, beta: S) -> Double {
        let length = max(rows, shape.T * blockRows)
        let (a, weights) = (matrix(length, k), matrix(k, n))
        var c = matrix(length, n)
        let holder = PanelMatrix<S>()
        let places = length / rows
        return BLASLibrary.withSingleThread {
            weights.withView { weights in
                let panels = holder.panels(of: weights, forRows: blockRows)
                return a.withView { a in
                    c.withMutableView { c in
                        Timing(seconds: seconds / 8) {
                            for call in 0..<calls {
                                let place = call % places * rows
                                panels.multiply(
                                    a.rows(place..<place + rows), beta: beta,
                                    into: c.rows(place..<place + rows))
                            }
                        }.min
                    }
                }
            }
        }
    }

    /// The time of the gradient of weights of m × n, by tiles over all rows.
    private func gradient(_ m: Int, _ n: Int) -> Double {
        let (a, b) = (matrix(shape.T * shape.B, m), matrix(shape.T * shape.B, n))
        var c = matrix(m, n)
        let height = min(256, max(32, (m + 1) / 2))
        return BLASLibrary.withSingleThread {
            a.withView { a in
                b.withView { b in
                    c.withMutableView { c in
                        Timing(seconds: seconds / 8) {
                            for first in stride(from: 0, to: m, by: height) {
                                let rows = first..<min(first + height, m)
                                accumulateTransposedProduct(a.columns(rows), b, into: c.rows(rows))
                            }
                        }.min
                    }
                }
            }
        }
    }

    /// The time of tanh(z + b) and of the product with its derivative, for the rows of all steps.
    private func elementwise() -> Double {
        var (z, δ) = (matrix(blockRows, shape.H), matrix(blockRows, shape.H))
        let bias = matrix(1, shape.H)
        return z.withMutableView { z in
            δ.withMutableView { δ in
                bias.withView { bias in
                    Timing(seconds: seconds / 8) {
                        for _ in 0..<stepCalls {
                            z.applyTanh(afterAdding: bias)
                            δ.multiplyByTanhDerivative(at: z.readOnly)
                        }
                    }.min
                }
            }
        }
    }
}
