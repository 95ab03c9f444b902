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

    /// Blocks of columns, as the gates of a cell are, so wide that workers may share a product.
    @Test(arguments: [(1, 300, 4), (1, 257, 1), (3, 300, 3), (16, 520, 1), (5, 256, 4)])
    func sharesOfAProductAreThePlainProduct(m: Int, H: Int, blocks: Int) {
        func check<S: Scalar>(_ type: S.Type) {
            let (a, b, c) = (
                numbers(m, H, 1) as Matrix<S>, numbers(H, blocks * H, 2) as Matrix<S>,
                numbers(m, blocks * H, 3) as Matrix<S>
            )
            let holder = PanelMatrix<S>()
            let (whole, shared, expected) = (c, c, product(a, b) + c)
            let panelCount = sharedPanels(of: H, forRows: m, bytesPerNumber: MemoryLayout<S>.stride)
            #expect(panelCount > 1)
            for var (number, result) in [whole, shared].enumerated() {
                a.withView { a in
                    b.withView { b in
                        let panels = holder.panels(of: b, forRows: m, sharedBy: blocks)
                        result.withMutableView { result in
                            if number == 0 { return panels.multiply(a, beta: 1, into: result) }
                            let middle = panelCount / 2 * panels.sharedWidth
                            for units in [middle..<H, 0..<middle] {
                                let columns = units.lowerBound..<(blocks - 1) * H + units.upperBound
                                panels.multiply(a, units: units, beta: 1, into: result.columns(columns))
                            }
                        }
                    }
                }
                #expect(result == expected, "\(S.self), \(number == 0 ? "whole" : "shared")")
            }
        }
        check(Double.self)
        check(Float.self)
    }

    /// The product of a row as sums of its terms' panels, for two steps in turn.
    @Test(arguments: [(256, 256), (300, 1200), (1030, 2)]) func sumsOfARowsTermsAreItsProduct(k: Int, n: Int)
    {
        func check<S: Scalar>(_ type: S.Type) {
            let b: Matrix<S> = numbers(k, n, 2)
            let holder = PanelMatrix<S>()
            b.withView { W in
                guard let sums = holder.panels(of: W, forRows: 1, sharedBy: 1).sums else {
                    #expect(n < 256, "a row of \(k) terms is not cut")
                    return
                }
                for step in 0..<3 {
                    let (a, c) = (numbers(1, k, step) as Matrix<S>, numbers(1, n, 3) as Matrix<S>)
                    var result = c
                    a.withView { a in
                        result.withMutableView { result in
                            for terms in [128..<k, 0..<128] {
                                sums.multiply(a.columns(terms), terms: terms, step: step)
                            }
                            for columns in [0..<7, 7..<n] where n > 7 {
                                sums.add(columns: columns, step: step, beta: 1, to: result.columns(columns))
                            }
                        }
                    }
                    #expect(result == product(a, b) + c, "\(S.self)")
                }
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
