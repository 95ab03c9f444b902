import Foundation
import Recurrent
import Testing

@testable import RecurrentFormats

@Suite struct DecimalNumberTests {
    private func parse(_ text: String) -> Double? {
        let bytes = Array(text.utf8)
        return DecimalNumber.parse(bytes.span, 0..<bytes.count)
    }

    @Test func everyNumberHasTheBitsThatTheStandardLibraryReads() {
        var generator = RandomGenerator(seed: 31)
        for number in 0..<100_000 {
            let text: String
            switch number % 4 {
            case 0: text = Self.decimal(&generator)
            case 1: text = "\(Double(bitPattern: generator.next() & 0x7FEF_FFFF_FFFF_FFFF))"
            case 2: text = "\(generator.uniform(within: 1000))"
            default: text = "\(Int64(bitPattern: generator.next()) >> Int64(generator.index(below: 64)))"
            }
            let expected = Double(text).flatMap { $0.isFinite ? $0 : nil }
            if parse(text)?.bitPattern != expected?.bitPattern { Issue.record("\(text)") }
        }
    }

    /// Up to 21 digits with a point somewhere, often an exponent.
    private static func decimal(_ generator: inout RandomGenerator) -> String {
        var text = ["", "-", "+"][generator.index(below: 3)]
        let digits = 1 + generator.index(below: 21)
        let point = generator.index(below: digits + 4)
        for place in 0..<digits {
            if place == point { text += "." }
            text += "\(generator.index(below: 10))"
        }
        if generator.index(below: 3) == 0 { text += "e\(generator.index(below: 60) - 30)" }
        return text
    }

    @Test(arguments: [
        "0", "-0", "0.0", "5.", ".5", "-.5e1", "1e22", "1e23", "9007199254740993", "9007199254740993.0",
        "18446744073709551615", "9999999999999999999", "99999999999999999999", "0.1e1", "1E+5", "1e-5",
        "4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "1.7976931348623157e308",
        "2.2250738585072011e-308", "0.00000000000000000000000000000000000000000001",
        "0.5000000000000000277", "1.0000000000000001110", "1.00000000000000011102230246251565",
        "0000000000000000000000000000012.5", "1e0000000000000000000000000000002", "0e99999999999999999999",
        "9007199254740992.5", "4503599627370497.5", "4503599627370496.5",
    ])
    func theHardOnesToo(text: String) throws {
        let expected = try #require(Double(text))
        #expect(try #require(parse(text)).bitPattern == expected.bitPattern)
    }

    @Test(arguments: [
        "", "-", "+", ".", "-.", "e5", "1e", "1e+", "1e5.0", "1.2.3", "--1", "1-", "0x10", "0x1p3", "nan",
        "inf",
        "infinity", "1e999", "-1e999", "1 ", " 1", "1,5", "1_000", "١", "1e99999999999999999999", "1f", "1d",
    ])
    func whatIsNoFiniteDecimalNumberIsNone(text: String) { #expect(parse(text) == nil) }

    @Test func aMillionDigitsAreANumber() {
        let digits = String(repeating: "3", count: 1_000_000)
        #expect(parse("0." + digits) == 1.0 / 3 && parse(digits) == nil)
        #expect(parse("1e-" + digits)?.magnitude ?? 0 == 0)
    }
}
