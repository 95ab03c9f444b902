/// One number of a reproduction, with the number of its source and the limit it must keep to.
struct Measurement {
    let label: String
    /// The source's number, or the exact one of its task where the source has only a curve.
    let published: String
    let bound: Bound
    let value: Double

    /// False for NaN, whatever the bound.
    var passes: Bool { bound.holds(for: value) }

    /// The value for people.
    var text: String { Self.text(value) }

    /// A whole number without decimals, a very small one in scientific notation, any other with four decimals.
    static func text(_ value: Double) -> String {
        if abs(value) < 1e9, value == value.rounded() { return fixed(value, 0) }
        return abs(value) < 1e-3 ? scientific(value) : fixed(value, 4)
    }
}
