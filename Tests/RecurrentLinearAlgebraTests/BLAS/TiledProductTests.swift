import RecurrentLinearAlgebra
import Testing

/// Products that are cut into tiles, compared with plain loops on small integers, for which both are exact. The
/// shapes are below and above every size at which a product is cut.
@Suite struct TiledProductTests {
    private static let shapes = [
        (1, 1, 1), (1, 40, 33), (2, 3, 5), (7, 64, 32), (9, 33, 31), (16, 65, 70), (3, 1025, 5),
        (600, 700, 40),
        (70, 600, 90),
    ]

    private func numbers<S: Scalar>(_ rows: Int, _ columns: Int, _ seed: Int) -> Matrix<S> {
        Matrix(rows: rows, columns: columns) { S(($0 * 5 + $1 * 3 + seed) % 9 - 4) }
    }

    private func product<S: Scalar>(_ a: Matrix<S>, _ b: Matrix<S>) -> Matrix<S> { a * b }

    @Test(arguments: shapes)
    func panelsGiveThePlainProduct(m: Int, k: Int, n: Int) {
        func check<S: Scalar>(_ type: S.Type) {
            let (a, b, c) = (
                numbers(m, k, 1) as Matrix<S>, numbers(k, n, 2) as Matrix<S>, numbers(m, n, 3) as Matrix<S>
            )
            let bTransposed = b.transposed
            let holder = PanelMatrix<S>()
            for (beta, before) in [(S(0), Matrix<S>(rows: m, columns: n) { _, _ in .nan }), (1, c)] {
                var (fromB, fromTransposed) = (before, before)
                a.withView { a in
                    b.withView { b in
                        let panels = holder.panels(of: b, forRows: m)
                        fromB.withMutableView { panels.multiply(a, beta: beta, into: $0) }
                    }
                    bTransposed.withView { b in
                        let panels = holder.panels(of: b.transposed, forRows: m)
                        fromTransposed.withMutableView { panels.multiply(a, beta: beta, into: $0) }
                    }
                }
                let expected = beta == 0 ? product(a, b) : product(a, b) + c
                #expect(fromB == expected && fromTransposed == expected, "\(S.self), β = \(beta)")
            }
        }
        check(Double.self)
        check(Float.self)
    }

    @Test(arguments: shapes)
    func accumulatedProductsAreAddedToWhatIsThere(m: Int, k: Int, n: Int) {
        func check<S: Scalar>(_ type: S.Type) {
            let (a, b, c) = (
                numbers(k, m, 1) as Matrix<S>, numbers(k, n, 2) as Matrix<S>, numbers(m, n, 3) as Matrix<S>
            )
            var sum = c
            a.withView { a in
                b.withView { b in sum.withMutableView { accumulateTransposedProduct(a, b, into: $0) } }
            }
            #expect(sum == product(a.transposed, b) + c, "\(S.self)")
        }
        check(Double.self)
        check(Float.self)
    }

    @Test func theProcessHasOneBLASLibrary() {
        let folders = Set(BLASLibrary.files.map { $0.split(separator: "/").dropLast() })
        #expect(folders.count <= 1, "\(BLASLibrary.files)")
        if let file = BLASLibrary.file { #expect(BLASLibrary.files.contains(file)) }
    }
}
