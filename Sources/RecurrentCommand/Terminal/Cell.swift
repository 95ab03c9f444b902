/// A cell of a table: the text that people see, and the number behind it.
struct Cell: ExpressibleByStringInterpolation {
    let text: String
    let number: Double?

    init(_ text: String) { (self.text, number) = (text, nil) }
    init(stringLiteral text: String) { self.init(text) }

    /// A number shown with `decimals` digits after the decimal point.
    init(_ number: Double, decimals: Int) {
        (text, self.number) = (fixed(number, decimals), number)
    }

    init(_ number: Int) { (text, self.number) = ("\(number)", Double(number)) }

    /// A number shown as `text`.
    init(_ number: Double, as text: String) { (self.text, self.number) = (text, number) }
}
