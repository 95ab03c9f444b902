import LinearAlgebra
import Recurrent

/// Each kind of product of a training step, timed by itself beside the whole step: what the BLAS library
/// takes of it, and what is left for everything else.
struct ProductProfile<S: Scalar> {
    private struct Product {
        let name: String
        let m: Int
        let n: Int
        let k: Int
        var transposeA = false
        var transposeB = false
        var calls = 1
    }

    let shape: Shape
    let seconds: Double

    private var products: [Product] {
        let (T, B, I, H, O) = (shape.T, shape.B, shape.I, shape.H, shape.O)
        return [
            Product(name: "X W_x", m: T * B, n: H, k: I),
            Product(name: "s W_s", m: B, n: H, k: H, calls: T),
            Product(name: "S W_y", m: T * B, n: O, k: H),
            Product(name: "δA W_yᵀ", m: T * B, n: H, k: O, transposeB: true),
            Product(name: "δz W_sᵀ", m: B, n: H, k: H, calls: T),
            Product(name: "S₊ᵀ δA", m: H, n: O, k: T * B, transposeA: true),
            Product(name: "S₋ᵀ δZ", m: H, n: H, k: T * B, transposeA: true),
            Product(name: "Xᵀ δZ", m: I, n: H, k: T * B, transposeA: true),
        ]
    }

    func show() throws {
        print("\(S.typeName) \(shape)      m × n × k       calls        ms   Gflop/s")
        var total = 0.0
        for product in products {
            let each = milliseconds(product)
            let operations = 2 * Double(product.m) * Double(product.n) * Double(product.k)
            total += each * Double(product.calls)
            print(
                product.name.padding(toLength: 10, withPad: " ", startingAt: 0),
                "\(product.m) × \(product.n) × \(product.k)".padding(
                    toLength: 20, withPad: " ", startingAt: 0),
                format(Double(product.calls), 0, width: 8),
                format(each * Double(product.calls), 2, width: 9),
                format(operations / (each * 1e6), 1, width: 9))
        }
        let step = try Timing(seconds: seconds, Workload<S>(shape).trainer(workers: 1))
        print("all products \(format(total, 2)) ms, training step \(format(step.min, 2)) ms\n")
    }

    private func milliseconds(_ product: Product) -> Double {
        var generator = RandomGenerator(seed: 3)
        func matrix(_ rows: Int, _ columns: Int, _ transposed: Bool) -> Matrix<S> {
            Matrix(rows: transposed ? columns : rows, columns: transposed ? rows : columns) { _, _ in
                S(generator.uniform(within: 1))
            }
        }
        let a = matrix(product.m, product.k, product.transposeA)
        let b = matrix(product.k, product.n, product.transposeB)
        var c = Matrix<S>(rows: product.m, columns: product.n)
        return BLASLibrary.withSingleThread {
            a.withView { a in
                b.withView { b in
                    c.withMutableView { c in
                        Timing(seconds: seconds / 8) {
                            gemm(
                                product.transposeA ? a.transposed : a,
                                product.transposeB ? b.transposed : b, into: c)
                        }.min
                    }
                }
            }
        }
    }
}
