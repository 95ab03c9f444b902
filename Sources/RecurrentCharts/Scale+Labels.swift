import Foundation

extension Scale {
    /// The labels of equidistant ticks, with just enough digits to differ; thousands end in k, millions in M.
    static func labels(_ values: [Double]) -> [String] {
        let size = values.map { abs($0) }.max() ?? 0
        let step = values.count > 1 ? values[1] - values[0] : max(size, 1)
        if size >= 1e9 || (size > 0 && size < 1e-3) {
            return values.map { power(of: $0, step: step, size: size) }
        }
        let (unit, name) =
            size >= 1e6 && step >= 1e5 ? (1e6, "M") : size >= 1e4 && step >= 100 ? (1e3, "k") : (1, "")
        return values.map { $0 == 0 ? "0" : minus(fixed($0 / unit, digits(of: step / unit))) + name }
    }

    /// The labels of 1, 2 or 5 times powers of ten, given as decimal logarithms.
    static func labels(powers: [Double]) -> [String] {
        let isPlain = powers.allSatisfy { abs($0) < 4 }
        return powers.map { power in
            let exponent = Int((power + 1e-9).rounded(.down))
            let factor = Int(pow(10, power - Double(exponent)).rounded())
            if isPlain { return minus(fixed(Double(factor) * pow(10, Double(exponent)), max(0, -exponent))) }
            if exponent == 0 { return "\(factor)" }
            return (factor == 1 ? "" : "\(factor)·") + "10" + superscript(exponent)
        }
    }

    /// The number of decimal places of a multiple of `step`, which is 1, 2 or 5 times a power of ten.
    private static func digits(of step: Double) -> Int {
        min(max(0, Int(-(log10(step) + 1e-9).rounded(.down))), 12)
    }

    private static func power(of value: Double, step: Double, size: Double) -> String {
        guard value != 0 else { return "0" }
        let exponent = log10(size).rounded(.down)
        // In two factors: for the smallest numbers, the power itself would overflow.
        let scale = pow(10, -(exponent / 2).rounded(.down))
        let rest = pow(10, -exponent + (exponent / 2).rounded(.down))
        let factor = minus(fixed(value * scale * rest, digits(of: step * scale * rest)))
        return factor + "·10" + superscript(Int(exponent))
    }

    /// A whole number in superscript digits.
    package static func superscript(_ number: Int) -> String {
        let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        return String("\(number)".map { $0 == "-" ? "⁻" : digits[$0.wholeNumberValue ?? 0] })
    }

    private static func minus(_ text: String) -> String { text.replacingOccurrences(of: "-", with: "−") }

    private static func fixed(_ value: Double, _ digits: Int) -> String {
        String(format: "%.\(digits)f", value)
    }
}
