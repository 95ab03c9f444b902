import Foundation
import LinearAlgebra
import Testing

@Suite struct RowOperationTests {
    @Test(arguments: [1, 2, 7, 8, 19])
    func biasAndSumOfRowsAreExactOnIntegers(columns: Int) {
        var x = Matrix<Double>(rows: 5, columns: columns) { Double($0 * 3 - $1) }
        let before = x
        let bias = Matrix<Double>(rows: 1, columns: columns) { Double($1 * 2) }
        x.withMutableView { x in bias.withView { x.addToEachRow($0) } }
        #expect(x == Matrix(rows: 5, columns: columns) { before[$0, $1] + bias[0, $1] })
        var sum = bias
        x.withView { x in sum.withMutableView { x.addRows(to: $0) } }
        #expect(
            sum == Matrix(rows: 1, columns: columns) { _, c in (0..<5).reduce(bias[0, c]) { $0 + x[$1, c] } })
    }

    @Test(arguments: [1, 2, 7, 8, 19])
    func softmaxAndLogSumExpHoldForHugeLogits(columns: Int) {
        // Powers of e apart by 1, around 0 and far beyond overflow: softmax does not see the shift.
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
