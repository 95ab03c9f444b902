import RecurrentCharts
import Foundation

/// A number for people: so many significant digits, a real minus, powers of ten where it is very large or small.
func number(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return value.isNaN ? "not a number" : value < 0 ? "−∞" : "∞" }
    guard value != 0 else { return "0" }
    let parts = String(format: "%.\(digits - 1)e", value).split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return "\(value)" }
    let text =
        -4..<5 ~= exponent
        ? fixed(value, max(0, digits - 1 - exponent)) : "\(parts[0])·10" + Scale.superscript(exponent)
    return text.replacingOccurrences(of: "-", with: "−")
}

/// A setting, with the digits that it needs.
func plain(_ value: Double) -> String { value.isFinite ? String(format: "%.6g", value) : number(value) }

/// A number with so many digits behind the point, for a column of such.
func aligned(_ value: Double, _ decimals: Int) -> String {
    guard abs(value) < 1e12 else { return number(value) }
    return fixed(value, min(max(decimals, 0), 12)).replacingOccurrences(of: "-", with: "−")
}

/// A whole number with its thousands apart.
func grouped(_ value: Int) -> String {
    let digits = String(value.magnitude)
    let groups = digits.reversed().enumerated().map { $0 > 0 && $0 % 3 == 0 ? "\($1)," : "\($1)" }
    return (value < 0 ? "−" : "") + groups.reversed().joined()
}

/// A share in per cent.
func percent(_ share: Double, _ decimals: Int = 0) -> String {
    guard share.isFinite else { return "—" }
    let text = fixed(100 * share, decimals)
    return (Double(text) == 0 ? fixed(0, decimals) : text).withMinus + " %"
}
