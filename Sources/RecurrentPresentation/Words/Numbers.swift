import Foundation
import RecurrentCharts

// Numbers for people: the same notation in tables, reports and explanations.

/// A number with `digits` significant digits, a typographic minus, and a power of ten below 0.0001 and from 100000
/// on: "−1.50", "1.27·10³⁰".
package func number(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return value.isNaN ? "not a number" : infinity(value) }
    guard value != 0 else { return "0" }
    let parts = String(format: "%.\(digits - 1)e", value).split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return "\(value)" }
    let text =
        -4..<5 ~= exponent
        ? fixed(value, max(0, digits - 1 - exponent)) : "\(parts[0])·10" + Scale.superscript(exponent)
    return text.withMinus
}

/// A setting, with up to six significant digits and no trailing zeros: "0.02".
package func plain(_ value: Double) -> String {
    value.isFinite ? String(format: "%.6g", value) : number(value)
}

/// A number with `decimals` decimals, for a column of them: "16.37".
package func aligned(_ value: Double, _ decimals: Int) -> String {
    guard abs(value) < 1e12 else { return number(value) }
    return fixed(value, min(max(decimals, 0), 12)).withMinus
}

/// A whole number with commas between thousands: "1,234,567".
package func grouped(_ value: Int) -> String {
    let digits = String(value.magnitude)
    let groups = digits.reversed().enumerated().map { $0 > 0 && $0 % 3 == 0 ? "\($1)," : "\($1)" }
    return (value < 0 ? "−" : "") + groups.reversed().joined()
}

/// A count and its noun: "1 training", "1,000 trainings".
package func plural(_ count: Int, _ noun: String) -> String {
    "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
}

/// A share in per cent: "12.5 %"; a dash if it is not finite.
package func percent(_ share: Double, _ decimals: Int = 0) -> String {
    guard share.isFinite else { return "—" }
    let text = fixed(100 * share, decimals)
    return (Double(text) == 0 ? fixed(0, decimals) : text).withMinus + " %"
}

/// A number with `digits` significant digits, trailing zeros included: "0.391579", "1.27000e30".
package func shown(_ value: Double, digits: Int = 6) -> String {
    if value == 0 { return "0" }
    guard value.isFinite else { return notFinite(value) }
    guard 1e-4..<1e6 ~= abs(value) else { return exponential(value, digits: digits) }
    let power = Int(log10(abs(value)).rounded(.down))
    return fixed(value, max(0, digits - 1 - power)).withMinus
}

/// A number within a sentence: up to four significant digits, no trailing zeros.
package func spoken(_ value: Double) -> String {
    guard value.isFinite else { return notFinite(value) }
    let parts = String(format: "%.4g", value).split(separator: "e")
    return (parts[0] + (parts.count > 1 ? "e\(Int(parts[1]) ?? 0)" : "")).withMinus
}

/// A number in scientific notation: "1.2e−13".
package func exponential(_ value: Double, digits: Int) -> String {
    let parts = String(format: "%.\(digits - 1)e", value).split(separator: "e")
    return "\(parts[0])e\(Int(parts[1]) ?? 0)".withMinus
}

/// NaN or an infinity, as the element of a matrix.
package func notFinite(_ value: Double) -> String { value.isNaN ? "NaN" : infinity(value) }

private func infinity(_ value: Double) -> String { value < 0 ? "−∞" : "∞" }

extension StringProtocol {
    /// The text with typographic minus signs.
    package var withMinus: String { String(self).replacing("-", with: "−") }
}
