import RecurrentLinearAlgebra
import NaiveReference
import Testing

/// Small integers: every product and sum of them is exact in both types.
private func integers<S: Scalar>(_ rows: Int, _ columns: Int, seed: Int) -> Matrix<S> {
    Matrix(rows: rows, columns: columns) { S(($0 * 7 + $1 * 3 + seed) % 11 - 5) }
}

private let sizes = [0, 1, 2, 3, 5, 7, 17]

@Suite struct ProductTests {
    @Test(arguments: sizes, sizes)
    func gemmIsExactOnIntegersForAllTransposes(m: Int, n: Int) {
        for k in sizes {
            for (transposeA, transposeB) in [(false, false), (true, false), (false, true), (true, true)] {
                for (alpha, beta) in [(1, 0), (2, 1), (-1, 3), (0, 2)] {
                    check(Double.self, m, n, k, transposeA, transposeB, Double(alpha), Double(beta))
                    check(Float.self, m, n, k, transposeA, transposeB, Float(alpha), Float(beta))
                }
            }
        }
    }

    private func check<S: Scalar>(
        _ type: S.Type, _ m: Int, _ n: Int, _ k: Int, _ transposeA: Bool, _ transposeB: Bool,
        _ alpha: S, _ beta: S
    ) {
        let a: Matrix<S> = transposeA ? integers(k, m, seed: 1) : integers(m, k, seed: 1)
        let b: Matrix<S> = transposeB ? integers(n, k, seed: 2) : integers(k, n, seed: 2)
        var c: Matrix<S> = beta == 0 ? Matrix(rows: m, columns: n) { _, _ in .nan } : integers(m, n, seed: 3)
        let before = c.converted(to: Double.self).rowArrays
        a.withView { a in
            b.withView { b in
                c.withMutableView {
                    gemm(
                        alpha: alpha, transposeA ? a.transposed : a, transposeB ? b.transposed : b,
                        beta: beta, into: $0)
                }
            }
        }
        let expected = naiveProduct(
            alpha: Double(alpha), a.converted(to: Double.self).rowArrays, transposeA: transposeA,
            b.converted(to: Double.self).rowArrays, transposeB: transposeB, beta: Double(beta), before)
        // With k = 0 the naive product of arrays does not know the width of the result.
        let sum = k == 0 ? before.map { $0.map { beta == 0 ? 0 : Double(beta) * $0 } } : expected
        #expect(
            c.converted(to: Double.self).rowArrays == sum,
            "\(m) × \(n) × \(k), transposes \(transposeA) \(transposeB), α \(alpha), β \(beta)")
    }

    @Test func productsReachIntoLargerMatricesByTheLeadingDimension() {
        let large: Matrix<Double> = integers(9, 13, seed: 4)
        var target = Matrix<Double>(rows: 8, columns: 13) { _, _ in 99 }
        large.withView { large in
            target.withMutableView { target in
                let window = unsafe MutableMatrixView(
                    base: target.row(2).baseAddress, rows: 3, columns: 5, stride: 13)
                gemm(large.rows(0..<3), large.rows(1..<6).transposed, into: window)
            }
        }
        let expected = naiveProduct(
            alpha: 1, Array(large.rowArrays[0..<3]), transposeA: false,
            Array(large.rowArrays[1..<6]), transposeB: true, beta: 0,
            Array(repeating: Array(repeating: 0, count: 5), count: 3))
        for row in 0..<8 {
            for column in 0..<13 {
                let isInside = 2..<5 ~= row && column < 5
                #expect(target[row, column] == (isInside ? expected[row - 2][column] : 99))
            }
        }
    }

    @Test(arguments: [1, 2, 3, 8])
    func gemvAndGerWorkOnVectorsOfAnyIncrement(n: Int) {
        let a: Matrix<Double> = integers(n, n + 1, seed: 5)
        let b: Matrix<Double> = integers(n + 1, 3, seed: 6)
        var y = Matrix<Double>(rows: n, columns: 2) { _, _ in .nan }
        a.withView { a in
            b.withView { b in y.withMutableView { gemv(a, b.column(1), into: $0.column(0)) } }
        }
        #expect((0..<n).allSatisfy { y[$0, 0] == (a * b)[$0, 1] && y[$0, 1].isNaN })

        var outer = Matrix<Double>(rows: n, columns: n + 1)
        b.withView { b in
            outer.withMutableView { ger(alpha: 2, b.rows(0..<n).column(2), b.column(0), into: $0) }
        }
        #expect(
            (0..<n).allSatisfy { row in
                (0...n).allSatisfy { outer[row, $0] == 2 * b[row, 2] * b[$0, 0] }
            })
    }

    @Test func vectorOperationsAreExactOnIntegers() {
        var m: Matrix<Float> = integers(4, 6, seed: 7)
        let before = m
        m.withMutableView { m in
            axpy(3, m.readOnly.row(0), into: m.row(1))
            m.column(5).scale(by: -2)
        }
        for column in 0..<6 {
            let scale: Float = column == 5 ? -2 : 1
            #expect(m[1, column] == scale * (before[1, column] + 3 * before[0, column]))
        }
        let dotted = before.withView { dot($0.column(1), $0.column(2)) }
        #expect(dotted == (0..<4).reduce(0) { $0 + before[$1, 1] * before[$1, 2] })
        #expect(Matrix<Double>([[3, 4]]).frobeniusNorm == 5)
        #expect(abs(Matrix<Double>([[3e200, 4e200]]).frobeniusNorm - 5e200) < 1e185)
    }

    @Test func matricesAreValues() {
        let original: Matrix<Double> = integers(3, 3, seed: 8)
        var copy = original
        copy[1, 2] = 77
        #expect(original[1, 2] != 77)
        #expect(copy.transposed.transposed == copy)
        #expect(original * .identity(3) == original)
        #expect(original.row(1).rowArrays[0] == original.rowArrays[1])
        #expect(original.withView { unsafe Int(bitPattern: $0.row(0).baseAddress) } % 64 == 0)
    }

    /// The copy goes into columns of a wider matrix, whose other columns must not change.
    @Test(arguments: [1, 7, 8, 16, 17, 40], [1, 5, 8, 16, 33])
    func aTransposedCopyHasEveryElementInItsPlace(rows: Int, columns: Int) {
        func check<S: Scalar>(_ type: S.Type) {
            let wide = Matrix<S>(rows: columns, columns: rows + 3) { S($0 * 100 + $1) }
            var copy = Matrix<S>(rows: rows, columns: columns + 2)
            copy.withMutableView { copy in
                wide.withView { wide in
                    copy.columns(1..<columns + 1).copy(from: wide.columns(2..<rows + 2).transposed)
                }
            }
            let expected = Matrix<S>(rows: rows, columns: columns + 2) { row, column in
                1...columns ~= column ? wide[column - 1, row + 2] : 0
            }
            #expect(copy == expected)
        }
        check(Double.self)
        check(Float.self)
    }

    @Test(arguments: [1, 3, 4], [4, 6])
    func stretchesOfRowsAreCopiedToTheirDistance(count: Int, distance: Int) {
        let source = Matrix<Double>(rows: 3 * count, columns: 5) { Double($0 * 10 + $1) }
        var target = Matrix<Double>(rows: 3 * distance, columns: 7)
        target.withMutableView { target in
            source.withView { target.columns(1..<6).copyStretches(of: count, every: distance, from: $0) }
        }
        let expected = Matrix<Double>(rows: 3 * distance, columns: 7) { row, column in
            let (number, place) = row.quotientAndRemainder(dividingBy: distance)
            return place < count && 1...5 ~= column ? source[number * count + place, column - 1] : 0
        }
        #expect(target == expected)
    }

    /// In a process of its own, where no other test changes the thread count.
    @Test func singleThreadedScopesNestAndRestore() async {
        await #expect(processExitsWith: .success) {
            guard let before = BLASLibrary.threads else { return }
            BLASLibrary.withSingleThread {
                BLASLibrary.withSingleThread { precondition(BLASLibrary.threads == 1) }
                precondition(BLASLibrary.threads == 1)
            }
            precondition(BLASLibrary.threads == before)
        }
    }
}
