import Foundation
import RecurrentLinearAlgebra

extension ShownMatrix {
    /// Six digits of the largest element, and as many decimals of all others; fewer where all numbers are exact with
    /// fewer. A power of ten stands before the matrix where its largest element is below 0.001 or from 100000 on. An
    /// element that would be rounded away to zero keeps two digits of its own.
    init(_ matrix: Matrix<Double>) {
        let finite = matrix.elements.filter(\.isFinite)
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

    /// Differences: two decimals in units of the power of ten of the largest.
    init(differences matrix: Matrix<Double>) {
        let largest = matrix.largestMagnitude
        let exponent = largest > 0 && largest.isFinite ? Int(log10(largest).rounded(.down)) : 0
        self.init(matrix, exponent: exponent) {
            $0 == 0 ? "0" : Self.text(Self.scaled($0, exponent), decimals: 2)
        }
    }

    private init(_ matrix: Matrix<Double>, exponent: Int, text: (Double) -> String) {
        self.exponent = exponent
        cells = matrix.rowArrays.map { row in row.map { $0.isFinite ? text($0).withMinus : notFinite($0) } }
    }

    private static func text(_ value: Double, decimals: Int) -> String {
        let text = fixed(value, decimals)
        return text.contains { "123456789".contains($0) } ? text : exponential(value, digits: 2)
    }

    /// A number in units of 10 to the exponent; in two factors, since one overflows for the smallest numbers.
    private static func scaled(_ value: Double, _ exponent: Int) -> Double {
        let half = exponent / 2
        return value * pow(10, Double(-half)) * pow(10, Double(half - exponent))
    }
}

/// A number with so many digits, six by default, trailing zeros included.
func shown(_ value: Double, digits: Int = 6) -> String {
    if value == 0 { return "0" }
    guard value.isFinite else { return notFinite(value) }
    guard 1e-4..<1e6 ~= abs(value) else { return exponential(value, digits: digits) }
    let power = Int(log10(abs(value)).rounded(.down))
    return fixed(value, max(0, digits - 1 - power)).withMinus
}

/// A number within a sentence: four digits, without trailing zeros.
func spoken(_ value: Double) -> String {
    guard value.isFinite else { return notFinite(value) }
    let parts = String(format: "%.4g", value).split(separator: "e")
    return (parts[0] + (parts.count > 1 ? "e\(Int(parts[1]) ?? 0)" : "")).withMinus
}

/// A number in the form 1.2e−13.
func exponential(_ value: Double, digits: Int) -> String {
    let parts = String(format: "%.\(digits - 1)e", value).split(separator: "e")
    return "\(parts[0])e\(Int(parts[1]) ?? 0)".withMinus
}

private func notFinite(_ value: Double) -> String { value.isNaN ? "NaN" : value < 0 ? "−∞" : "∞" }

extension StringProtocol {
    /// With the typographic minus sign.
    var withMinus: String { String(self).replacing("-", with: "−") }
}
