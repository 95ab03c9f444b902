import Foundation

/// A matrix of formatted numbers in units of a power of ten.
package struct ShownMatrix: Hashable, Sendable {
    /// The exponent of the power of ten.
    let exponent: Int
    let cells: [[String]]

    var rows: Int { cells.count }
    var columns: Int { cells.first?.count ?? 0 }
}

extension ShownMatrix {
    /// A matrix whose largest element has six digits, and all others as many decimals; fewer if that shows all
    /// numbers exactly. The power of ten is 1 if the largest magnitude is from 0.001 to below 100000. An element
    /// that would be rounded to zero is written in scientific notation with two digits.
    init(_ matrix: [[Double]]) {
        let finite = matrix.joined().filter(\.isFinite)
        let largest = finite.map { abs($0) }.max() ?? 0
        let power = largest > 0 ? Int(log10(largest).rounded(.down)) : 0
        let exponent = (-3...4).contains(power) ? 0 : power
        let most = max(0, min(8, 5 - (power - exponent)))
        let scaled = finite.map { Self.scaled($0, exponent) }
        let decimals =
            (0..<most).first { decimals in
                exponent == 0 && scaled.allSatisfy { Double(fixed($0, decimals)) == $0 }
            } ?? most
        self.init(matrix, exponent: exponent) { value in
            if value == 0 { return "0" }
            return Self.text(Self.scaled(value, exponent), decimals: decimals)
        }
    }

    /// A matrix of differences, with two decimals in units of the power of ten of the largest.
    init(differences matrix: [[Double]]) {
        let isFinite = matrix.joined().allSatisfy(\.isFinite)
        let largest = matrix.joined().map { abs($0) }.max() ?? 0
        let exponent = isFinite && largest > 0 ? Int(log10(largest).rounded(.down)) : 0
        self.init(matrix, exponent: exponent) {
            $0 == 0 ? "0" : Self.text(Self.scaled($0, exponent), decimals: 2)
        }
    }

    private init(_ matrix: [[Double]], exponent: Int, text: (Double) -> String) {
        self.exponent = exponent
        cells = matrix.map { row in row.map { $0.isFinite ? text($0).withMinus : notFinite($0) } }
    }

    private static func text(_ value: Double, decimals: Int) -> String {
        let text = fixed(value, decimals)
        return text.contains { "123456789".contains($0) } ? text : exponential(value, digits: 2)
    }

    /// A number in units of 10 to the exponent. The power is split into two factors, as one would overflow for the
    /// smallest numbers.
    private static func scaled(_ value: Double, _ exponent: Int) -> Double {
        let half = exponent / 2
        return value * pow(10, Double(-half)) * pow(10, Double(half - exponent))
    }
}
