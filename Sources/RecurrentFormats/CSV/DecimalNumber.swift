/// Parses decimal numbers from bytes. The result equals `Double` of the text to the last bit; hexadecimal numbers,
/// infinities and NaN are refused.
enum DecimalNumber {
    /// The powers of ten that are exact in Double.
    private static let powers = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
        1e18,
        1e19, 1e20, 1e21, 1e22,
    ]

    /// The number in a range of bytes, or nil if there is none or it is not finite.
    static func parse(_ text: Span<UInt8>, _ range: Range<Int>) -> Double? {
        var position = range.lowerBound
        let isNegative = skipSign(text, &position, range.upperBound)
        var mantissa: UInt64 = 0
        var digits = takeDigits(text, &position, range.upperBound, into: &mantissa)
        var exponent = 0
        if position < range.upperBound, text[position] == UInt8(ascii: ".") {
            position += 1
            let decimals = takeDigits(text, &position, range.upperBound, into: &mantissa)
            exponent = -decimals
            digits += decimals
        }
        guard digits > 0 else { return nil }
        if position < range.upperBound {
            guard let power = takeExponent(text, &position, range.upperBound) else { return nil }
            exponent += power
        }
        // Nineteen digits cannot overflow 64 bits.
        guard digits <= 19, let value = value(mantissa, exponent) else { return parseSlowly(text, range) }
        return isNegative ? -value : value
    }

    /// True if there is a minus. Advances the position past a minus or plus.
    @inline(__always)
    private static func skipSign(_ text: Span<UInt8>, _ position: inout Int, _ end: Int) -> Bool {
        guard position < end else { return false }
        let isNegative = text[position] == UInt8(ascii: "-")
        if isNegative || text[position] == UInt8(ascii: "+") { position += 1 }
        return isNegative
    }

    /// Appends digits to a number, which may overflow, and returns their count.
    @inline(__always)
    private static func takeDigits(
        _ text: Span<UInt8>, _ position: inout Int, _ end: Int, into number: inout UInt64
    ) -> Int {
        let start = position
        while position < end {
            let digit = text[position] &- 48
            if digit > 9 { break }
            number = number &* 10 &+ UInt64(digit)
            position += 1
        }
        return position - start
    }

    /// The exponent, if the rest of the text is one.
    private static func takeExponent(_ text: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
        guard text[position] | 0x20 == UInt8(ascii: "e") else { return nil }
        position += 1
        let isNegative = skipSign(text, &position, end)
        var power: UInt64 = 0
        let digits = takeDigits(text, &position, end, into: &power)
        guard digits > 0, position == end else { return nil }
        // No field has digits enough to make up for a larger exponent.
        let bounded = digits <= 19 ? Int(min(power, 1 << 40)) : 1 << 40
        return isNegative ? -bounded : bounded
    }

    /// mantissa · 10^exponent rounded once, or nil if none of the fast ways is exact.
    private static func value(_ mantissa: UInt64, _ exponent: Int) -> Double? {
        if mantissa < 1 << 53, -22...22 ~= exponent {
            // Both are exact, so that one operation rounds once (Clinger 1990).
            let number = Double(mantissa)
            return exponent < 0 ? number / powers[-exponent] : number * powers[exponent]
        }
        if exponent == 0 { return Double(mantissa) }
        return -19...(-1) ~= exponent ? quotient(mantissa, UInt64(powers[-exponent])) : nil
    }

    /// a / b, for 0 < a and 0 < b: both are shifted until their highest bits are set, and divided as whole numbers
    /// to at least 63 bits. A remainder sets the lowest bit, which only breaks ties.
    private static func quotient(_ a: UInt64, _ b: UInt64) -> Double {
        let (high, divisor) = (a << UInt64(a.leadingZeroBitCount), b << UInt64(b.leadingZeroBitCount))
        let (quotient, remainder) = divisor.dividingFullWidth((high >> 1, high << 63))
        let exponent = b.leadingZeroBitCount - a.leadingZeroBitCount - 63
        return Double(
            sign: .plus, exponent: exponent, significand: Double(quotient | (remainder == 0 ? 0 : 1)))
    }

    /// The slow way, for numbers with more digits or larger exponents.
    private static func parseSlowly(_ text: Span<UInt8>, _ range: Range<Int>) -> Double? {
        let number = Double(String(decoding: range.map { text[$0] }, as: UTF8.self))
        return number.flatMap { $0.isFinite ? $0 : nil }
    }
}
