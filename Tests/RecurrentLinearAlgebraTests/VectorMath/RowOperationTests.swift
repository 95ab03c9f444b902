import Foundation
import RecurrentLinearAlgebra
import Testing

@Suite struct RowOperationTests {
    @Test(arguments: [1, 2, 7, 8, 19, 32, 47, 64, 83, 129])
    func biasAndSumOfRowsAreExactOnIntegers(columns: Int) {
        checkBiasAndSum(Double.self, columns)
        checkBiasAndSum(Float.self, columns)
    }

    private func checkBiasAndSum<S: Scalar>(_ type: S.Type, _ columns: Int) {
        var x = Matrix<S>(rows: 5, columns: columns) { S($0 * 3 - $1) }
        let before = x
        let bias = Matrix<S>(rows: 1, columns: columns) { S($1 * 2) }
        x.withMutableView { x in bias.withView { x.addToEachRow($0) } }
        #expect(x == Matrix(rows: 5, columns: columns) { before[$0, $1] + bias[0, $1] })
        var sum = bias
        x.withView { x in sum.withMutableView { x.addRows(to: $0) } }
        #expect(
            sum == Matrix(rows: 1, columns: columns) { _, c in (0..<5).reduce(bias[0, c]) { $0 + x[$1, c] } })
    }

    /// Equal terms are the worst case of a running sum, whose roundings then have one sign: it loses 1 % of these.
    @Test(arguments: [10_000, 1_000_000])
    func theSumOfManyRowsInFloatKeepsSixDigits(rows: Int) {
        let x = Matrix<Float>(rows: rows, columns: 6) { 0.1 * Float($1 + 1) + ($0 % 2 == 0 ? 0 : 1e-3) }
        var sum = Matrix<Float>(rows: 1, columns: 5)
        x.withView { x in sum.withMutableView { x.columns(1..<6).addRows(to: $0) } }
        for column in 0..<5 {
            let exact = Double(rows / 2) * (Double(x[0, column + 1]) + Double(x[1, column + 1]))
            #expect(abs(Double(sum[0, column]) - exact) <= 1e-6 * exact, "\(sum[0, column]), \(exact)")
        }
    }

    @Test(arguments: [1, 2, 7, 8, 9, 16, 19, 33, 48])
    func functionsAfterABiasAreThoseOfTheSum(columns: Int) {
        checkFunctionsAfterABias(Double.self, columns)
        checkFunctionsAfterABias(Float.self, columns)
    }

    private func checkFunctionsAfterABias<S: Scalar>(_ type: S.Type, _ columns: Int) {
        let z = Matrix<S>(rows: 4, columns: columns) { S($0 * 3 - $1) / 4 }
        let bias = Matrix<S>(rows: 1, columns: columns) { S($1 % 5 - 2) / 2 }
        let sum = Matrix<S>(rows: 4, columns: columns) { z[$0, $1] + bias[0, $1] }
        func check(
            _ fused: (MutableMatrixView<S>, MatrixView<S>) -> Void,
            _ plain: (MutableMatrixView<S>) -> Void
        ) {
            var (once, twice) = (z, sum)
            once.withMutableView { z in bias.withView { fused(z, $0) } }
            twice.withMutableView { plain($0) }
            #expect(once == twice)
        }
        check({ $0.applyTanh(afterAdding: $1) }, { $0.applyTanh() })
        check({ $0.applySigmoid(afterAdding: $1) }, { $0.applySigmoid() })
        check({ $0.applyReLU(afterAdding: $1) }, { $0.applyReLU() })
    }

    @Test func rowsAreGatheredAndAddedBackByTheirIndices() {
        let table = Matrix<Float>(rows: 4, columns: 5) { Float($0 * 10 + $1) }
        let indices: [Int32] = [9, 2, 0, 2, 3]
        var gathered = Matrix<Float>(rows: 4, columns: 5)
        gathered.withMutableView { x in table.withView { x.gatherRows(indices[1...], of: $0) } }
        #expect(gathered == Matrix(rows: 4, columns: 5) { table[Int(indices[$0 + 1]), $1] })
        var sums = table
        sums.withMutableView { sums in
            gathered.withView { sums.scatterAdd($0, at: indices[1...], columns: 1..<4) }
        }
        let counts: [Float] = [1, 0, 2, 1]
        #expect(
            sums
                == Matrix(rows: 4, columns: 5) {
                    table[$0, $1] * (1...3 ~= $1 ? 1 + counts[$0] : 1)
                })
    }

    @Test func columnsOfAWiderMatrixAreTreatedLikeAMatrixOfTheirOwn() {
        let z = Matrix<Double>(rows: 4, columns: 5) { Double($0 * 3 - $1) / 4 }
        let bias = Matrix<Double>(rows: 1, columns: 5) { Double($1 - 2) }
        let indices: [Int32] = [2, 0, 2, 3]
        func check(_ operation: (MutableMatrixView<Double>) -> Void) {
            var (own, wide) = (z, Matrix<Double>(rows: 4, columns: 8) { _, _ in 7 })
            own.withMutableView { operation($0) }
            wide.withMutableView { wide in
                z.withView { wide.columns(2..<7).copy(from: $0) }
                operation(wide.columns(2..<7))
            }
            #expect(
                wide == Matrix(rows: 4, columns: 8) { 2..<7 ~= $1 ? own[$0, $1 - 2] : 7 })
        }
        check { z in bias.withView { z.addToEachRow($0) } }
        check { z in bias.withView { z.applyTanh(afterAdding: $0) } }
        check { x in z.withView { x.gatherRows(indices[...], of: $0) } }
        check { x in z.withView { x.setElementwiseProduct($0, $0) } }
        check { x in z.withView { x.addElementwiseProduct($0, $0) } }
        check { x in
            var sums = Matrix<Double>(rows: 4, columns: 5)
            sums.withMutableView { $0.scatterAdd(x.readOnly, at: indices[...], columns: 1..<4) }
            sums.withView { x.copy(from: $0) }
        }
    }

    @Test(arguments: [1, 2, 7, 8, 19])
    func softmaxAndLogSumExpHoldForHugeLogits(columns: Int) {
        // Exponents 1 apart, around 0 and far beyond overflow: softmax does not depend on the shift.
        for shift in [0.0, 5000, -5000] {
            var x = Matrix<Double>(rows: 3, columns: columns) { Double($1) - Double($0) + shift }
            let logSums = x.withView { $0.logSumExpOfEachRow() }
            x.withMutableView { $0.applySoftmaxToEachRow() }
            let sum = (0..<columns).reduce(0.0) { $0 + exp(Double($1)) }
            for row in 0..<3 {
                #expect(abs(logSums[row] - (log(sum) - Double(row) + shift)) < 1e-12 * max(1, abs(shift)))
                for column in 0..<columns {
                    #expect(abs(x[row, column] - exp(Double(column)) / sum) < 1e-15)
                }
            }
        }
    }

    @Test func logSumExpOfInfinitiesIsTheirLimit() {
        let x = Matrix<Double>([[-.infinity, -.infinity], [.infinity, 0], [-.infinity, 3]])
        #expect(x.withView { $0.logSumExpOfEachRow() } == [-.infinity, .infinity, 3])
    }

    @Test func softmaxDerivativeIsItsJacobian() {
        let y: [Double] = [0.5, 0.25, 0.125, 0.125]
        let before: [Double] = [1, -2, 4, 8]
        var delta = Matrix([before])
        delta.withMutableView { delta in
            Matrix([y]).withView { delta.multiplyBySoftmaxDerivative(at: $0) }
        }
        for j in 0..<4 {
            let expected = (0..<4).reduce(0.0) { $0 + before[$1] * y[$1] * (($1 == j ? 1 : 0) - y[j]) }
            #expect(delta[0, j] == expected)
        }
    }

    @Test func elementsOutsideARangeAreCountedWhereverTheyStand() {
        for columns in [1, 3, 7, 8, 15, 16, 17, 33] {
            var x = Matrix<Float>(rows: 5, columns: columns) { Float(($0 * 7 + $1 * 3) % 9 - 4) / 4 }
            x[0, 0] = .nan
            x[4, columns - 1] = .infinity
            let narrow = columns / 2..<columns
            func expected(_ columns: Range<Int>) -> Int {
                (0..<5).reduce(0) { sum, row in
                    sum + columns.count { x[row, $0] < -0.25 || x[row, $0] > 0.5 }
                }
            }
            let all = x.withView {
                ($0.count(outside: -0.25...0.5), $0.transposed.count(outside: -0.25...0.5))
            }
            #expect(all == (expected(0..<columns), expected(0..<columns)))
            #expect(x.withView { $0.columns(narrow).count(outside: -0.25...0.5) } == expected(narrow))
            #expect(x.withView { $0.count(outside: -.infinity ... .infinity) } == 0)
        }
    }

    @Test func finiteMeansNoNaNAndNoInfinityAnywhere() {
        for count in [1, 7, 8, 9, 31] {
            var x = Matrix<Float>(rows: 1, columns: count) { _, _ in .greatestFiniteMagnitude }
            #expect(x.withView { $0.isFinite && $0.transposed.isFinite })
            for position in [0, count / 2, count - 1] {
                for bad in [Float.nan, .infinity, -.infinity] {
                    x[0, position] = bad
                    #expect(!x.withView { $0.isFinite })
                    x[0, position] = 0
                }
            }
        }
    }
}
