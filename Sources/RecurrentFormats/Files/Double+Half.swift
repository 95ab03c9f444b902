extension Double {
    /// The value of the bits of an IEEE 754 half-precision number. Not every platform of Swift has Float16.
    init(half bits: UInt16) {
        let (exponent, fraction) = (Int(bits >> 10 & 31), Double(bits & 1023))
        let magnitude: Double =
            switch exponent {
            case 0: fraction * 0x1p-24
            case 31: fraction == 0 ? .infinity : .nan
            default: (1024 + fraction) * Double(sign: .plus, exponent: exponent - 25, significand: 1)
            }
        self = bits >> 15 == 1 ? -magnitude : magnitude
    }
}
