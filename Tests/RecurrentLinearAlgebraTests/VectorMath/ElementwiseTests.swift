import Foundation
import RecurrentLinearAlgebra
import TestSupport
import Testing

/// The documented bound, in units in the last place of the exact value.
private let allowedUlps = 2.0

private enum Function: String, CaseIterable {
    case exp, tanh, sigmoid

    func apply<S: Scalar>(_ x: [S]) -> [S] {
        var matrix = Matrix([x])
        matrix.withMutableView {
            switch self {
            case .exp: $0.applyExp()
            case .tanh: $0.applyTanh()
            case .sigmoid: $0.applySigmoid()
            }
        }
        return matrix.elements
    }

    /// The value in double precision, as a reference for Float.
    func reference(_ x: Double) -> Double {
        switch self {
        case .exp: Foundation.exp(x)
        case .tanh: Foundation.tanh(x)
        case .sigmoid: x < 0 ? Foundation.exp(x) / (1 + Foundation.exp(x)) : 1 / (1 + Foundation.exp(-x))
        }
    }
}

@Suite struct ElementwiseTests {
    @Test func doublesAreWithinTwoUlpOfValuesRecordedTo106Bits() throws {
        let url = Fixtures.folder.appendingPathComponent("elementwise.csv")
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
        #expect(lines.count > 2500)
        var worst: [String: Double] = [:]
        for line in lines {
            let fields = line.split(separator: ",").map(String.init)
            let function = try #require(Function(rawValue: fields[0]))
            let numbers = fields.dropFirst().map { Double(bitPattern: UInt64($0, radix: 16)!) }
            let (x, high, low) = (numbers[0], numbers[1], numbers[2])
            let error = abs((function.apply([x])[0] - high) - low) / high.ulp
            worst[fields[0]] = max(worst[fields[0]] ?? 0, error.isNaN ? .infinity : error)
        }
        #expect(worst.count == 3 && worst.values.allSatisfy { $0 <= allowedUlps }, "\(worst)")
    }

    @Test(arguments: Function.allCases)
    private func floatsOfAllMagnitudesAreWithinTwoUlp(function: Function) {
        // A prime step visits all exponents and both signs.
        let x = stride(from: UInt64(0), to: 1 << 32, by: 40_009).map { Float(bitPattern: UInt32($0)) }
        var worst = 0.0
        for (x, y) in zip(x, function.apply(x)) {
            if x.isNaN {
                #expect(y.isNaN)
                continue
            }
            let exact = function.reference(Double(x))
            let rounded = Float(exact)
            if rounded.isInfinite {
                #expect(y == rounded)
                continue
            }
            let error = abs(Double(y) - exact) / Double(rounded.ulp)
            worst = max(worst, error.isNaN ? .infinity : error)
        }
        #expect(worst <= allowedUlps)
    }

    /// Every 67th float of the range in which the functions bend, where their errors are largest.
    @Test(arguments: Function.allCases)
    private func floatsWhereTheFunctionsBendAreWithinTwoUlp(function: Function) {
        let magnitudes = stride(from: Float(0.03125).bitPattern, to: Float(24).bitPattern, by: 67)
        let x = magnitudes.flatMap { [Float(bitPattern: $0), -Float(bitPattern: $0)] }
        let worst = zip(x, function.apply(x)).reduce(0.0) { worst, pair in
            let exact = function.reference(Double(pair.0))
            return max(worst, abs(Double(pair.1) - exact) / Double(Float(exact).ulp))
        }
        #expect(x.count > 2_000_000 && worst <= allowedUlps, "\(worst)")
    }

    #if arch(x86_64)
        /// The same for doubles, compared with the processor's 80-bit numbers.
        @Test(arguments: Function.allCases)
        private func doublesWhereTheFunctionsBendAreWithinTwoUlp(function: Function) {
            func exact(_ x: Float80) -> Float80 {
                switch function {
                case .exp: Foundation.exp(x)
                case .tanh: Foundation.tanh(x)
                case .sigmoid:
                    x < 0 ? Foundation.exp(x) / (1 + Foundation.exp(x)) : 1 / (1 + Foundation.exp(-x))
                }
            }
            // Multiples of an irrational step are evenly spread between the powers of two.
            let x = (0..<400_000).map {
                (Double($0) * 0.618033988749895).truncatingRemainder(dividingBy: 16) - 8
            }
            let worst = zip(x, function.apply(x)).reduce(Float80(0)) { worst, pair in
                let exact = exact(Float80(pair.0))
                return max(worst, abs(Float80(pair.1) - exact) / Float80(Double(exact).ulp))
            }
            #expect(worst <= Float80(allowedUlps), "\(worst)")
        }
    #endif

    @Test func specialValuesHaveTheirMathematicalResults() {
        check(Double.self)
        check(Float.self)
    }

    private func check<S: Scalar>(_ type: S.Type) {
        let tiny = S.leastNonzeroMagnitude
        let x: [S] = [0, -0.0, .infinity, -.infinity, .nan, tiny, -tiny, .greatestFiniteMagnitude]
        let exp = Function.exp.apply(x)
        #expect(Array(exp[0...3]) == [1, 1, .infinity, 0] && exp[4].isNaN)
        #expect(Array(exp[5...]) == [1, 1, .infinity])
        let tanh = Function.tanh.apply(x)
        #expect(Array(tanh[0...3]) == [0, 0, 1, -1] && tanh[4].isNaN)
        #expect(tanh[0].sign == .plus && tanh[1].sign == .minus)
        #expect(Array(tanh[5...]) == [tiny, -tiny, 1])
        let sigmoid = Function.sigmoid.apply(x)
        #expect(Array(sigmoid[0...3]) == [0.5, 0.5, 1, 0] && sigmoid[4].isNaN)
        #expect(Array(sigmoid[5...]) == [0.5, 0.5, 1])
        var relu = Matrix([x])
        relu.withMutableView { $0.applyReLU() }
        #expect(Array(relu.elements[0...3]) == [0, 0, .infinity, 0] && relu[0, 4].isNaN)
        #expect(Array(relu.elements[5...]) == [tiny, 0, .greatestFiniteMagnitude])
    }

    @Test(arguments: Function.allCases)
    private func aResultDoesNotDependOnTheElementsPlace(function: Function) {
        let x = (0..<67).map { Double($0) * 0.37 - 12 }
        let together = function.apply(x)
        #expect(x.map { function.apply([$0])[0] } == together)
        #expect(function.apply(Array(x[5...])) == Array(together[5...]))
    }

    @Test func derivativesMatchTheirFormulas() {
        let s = Matrix<Double>([[-0.75, -0.5, 0, 0.25, 1]])
        let delta = Matrix<Double>([[2, 4, 8, 16, 32]])
        func derivative(_ body: (MutableMatrixView<Double>, MatrixView<Double>) -> Void) -> [Double] {
            var result = delta
            result.withMutableView { result in s.withView { body(result, $0) } }
            return result.elements
        }
        #expect(derivative { $0.multiplyByTanhDerivative(at: $1) } == [0.875, 3, 8, 15, 0])
        #expect(derivative { $0.multiplyBySigmoidDerivative(at: $1) } == [-2.625, -3, 0, 3, 0])
        #expect(derivative { $0.multiplyByReLUDerivative(at: $1) } == [0, 0, 0, 16, 32])
    }

    @Test func rowsWithGapsAreLeftAlone() {
        var matrix = Matrix<Double>(rows: 3, columns: 5) { _, _ in 1 }
        matrix.withMutableView {
            let window = unsafe MutableMatrixView(
                base: $0.row(0).baseAddress, rows: 3, columns: 2, stride: 5)
            window.applyExp()
            window.clamp(to: 2)
        }
        #expect(matrix.rowArrays == Array(repeating: [2, 2, 1, 1, 1], count: 3))
    }
}
