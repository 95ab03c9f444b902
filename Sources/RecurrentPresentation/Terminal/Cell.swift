/// A cell of a table: the text that people see, and the number behind it.
package struct Cell: ExpressibleByStringInterpolation {
    package let text: String
    package let number: Double?

    package init(_ text: String) { (self.text, number) = (text, nil) }
    package init(stringLiteral text: String) { self.init(text) }

    /// A number shown with `decimals` digits after the decimal point.
    package init(_ number: Double, decimals: Int) {
        (text, self.number) = (fixed(number, decimals), number)
    }

    package init(_ number: Int) { (text, self.number) = ("\(number)", Double(number)) }

    /// A number shown as `text`.
    package init(_ number: Double, as text: String) { (self.text, self.number) = (text, number) }
}
