import Foundation

/// A number with `decimals` decimal places, right-aligned.
func format(_ value: Double, _ decimals: Int, width: Int = 0) -> String {
    aligned(String(format: "%.\(decimals)f", value), width)
}

/// A text padded on the left to `width` characters.
func aligned(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
}
