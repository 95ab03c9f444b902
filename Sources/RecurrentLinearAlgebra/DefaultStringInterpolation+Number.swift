extension DefaultStringInterpolation {
    /// A number in a message. NaN has no sign there, which would depend on the processor and say nothing.
    package mutating func appendInterpolation(number: Double) {
        appendInterpolation(number.isNaN ? Double.nan : number)
    }
}
