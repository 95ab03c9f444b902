import RecurrentLinearAlgebra
import Recurrent

/// The work of a training step on one worker, in the pieces in which the engine does it.
struct StepWork<S: Scalar> {
    let shape: Shape
    /// The time to spend on each kind of work.
    let seconds: Double

    /// The number of sequences in a block, if B is a power of two.
    var blockRows: Int { shape.B < 4 ? shape.B : min(16, shape.B / 2) }
    var stepCalls: Int { shape.T * shape.B / blockRows }
    var chunkRows: Int {
        let count = (shape.T * blockRows + 255) / 256
        return (shape.T + count - 1) / count * blockRows
    }
    var chunkCalls: Int { (shape.T * shape.B + chunkRows - 1) / chunkRows }

    func matrix(_ rows: Int, _ columns: Int) -> Matrix<S> {
        var generator = RandomGenerator(seed: 3)
        return Matrix(rows: rows, columns: columns) { _, _ in S(generator.uniform(within: 0.1)) }
    }

    /// The time of all products of one kind with weights of k × n, `rows` rows per call, over a buffer of a block's
    /// length.
    func product(_ rows: Int, _ n: Int, _ k: Int, _ calls: Int, beta: S) -> Double {
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
                        Timing(seconds: seconds) {
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
    func gradient(_ m: Int, _ n: Int) -> Double {
        let (a, b) = (matrix(shape.T * shape.B, m), matrix(shape.T * shape.B, n))
        var c = matrix(m, n)
        let tiles = tiles(m, n)
        return BLASLibrary.withSingleThread {
            a.withView { a in
                b.withView { b in
                    c.withMutableView { c in
                        Timing(seconds: seconds) {
                            for (rows, columns) in tiles {
                                accumulateTransposedProduct(
                                    a.columns(rows), b.columns(columns),
                                    into: c.rows(rows).columns(columns))
                            }
                        }.min
                    }
                }
            }
        }
    }

    private func tiles(_ m: Int, _ n: Int) -> [(rows: Range<Int>, columns: Range<Int>)] {
        func size(_ count: Int, step: Int) -> Int {
            let size = min(max(min((count + 1) / 2, 128), (count + 3) / 4), 256)
            return max(1, (size + step - 1) / step) * step
        }
        let (height, width) = (size(m, step: 32), size(n, step: 64))
        return stride(from: 0, to: m, by: height).flatMap { row in
            stride(from: 0, to: n, by: width).map { column in
                (row..<min(row + height, m), column..<min(column + width, n))
            }
        }
    }
}
