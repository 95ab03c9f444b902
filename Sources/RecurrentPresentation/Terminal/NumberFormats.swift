import Foundation

/// A number in the form 1.2e-13.
package func scientific(_ value: Double) -> String { String(format: "%.1e", value) }

/// A number with `decimals` digits after the decimal point.
package func fixed(_ value: Double, _ decimals: Int) -> String { String(format: "%.\(decimals)f", value) }

/// "1 input", "2 inputs"
package func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
