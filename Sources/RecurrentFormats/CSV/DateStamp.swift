/// A date of ISO 8601: YYYY, YYYY-MM, YYYY-MM-DD, YYYY-MM-DDTHH:MM or YYYY-MM-DDTHH:MM:SS; a blank may take the
/// place of the T. The calendar is the proleptic Gregorian one; there are no time zones.
public struct DateStamp: Sendable, Hashable, CustomStringConvertible {
    /// The form in which a date is written.
    enum Form: UInt8 {
        case year, month, day, minute, second
    }

    let form: Form
    /// True if a blank takes the place of the T.
    let hasBlank: Bool
    /// Months since the beginning of year 0 for the forms year and month, seconds since 0001-01-01 for the others.
    let ordinal: Int

    init(form: Form, hasBlank: Bool, ordinal: Int) {
        (self.form, self.hasBlank, self.ordinal) = (form, hasBlank, ordinal)
    }

    /// A date from 0001-01-01 on, or nil if the text is not a date from its first to its last character.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        let forms: [Int: Form] = [4: .year, 7: .month, 10: .day, 16: .minute, 19: .second]
        guard let form = forms[bytes.count] else { return nil }
        var numbers = [1, 1, 1, 0, 0, 0]
        let hasBlank = bytes.count > 10 && bytes[10] == UInt8(ascii: " ")
        let marks = Array((hasBlank ? "-- ::" : "--T::").utf8)
        for (part, start) in [0, 5, 8, 11, 14, 17].enumerated() where start < bytes.count {
            guard let number = Self.number(bytes[start..<(part == 0 ? 4 : start + 2)]) else { return nil }
            if part > 0 && bytes[start - 1] != marks[part - 1] { return nil }
            numbers[part] = number
        }
        let (year, month, day) = (numbers[0], numbers[1], numbers[2])
        guard year >= 1, 1...12 ~= month, 1...GregorianCalendar.days(inMonth: month, of: year) ~= day,
            numbers[3] < 24, numbers[4] < 60, numbers[5] < 60
        else { return nil }
        let seconds = (numbers[3] * 60 + numbers[4]) * 60 + numbers[5]
        self.init(
            form: form, hasBlank: hasBlank,
            ordinal: form.rawValue < Form.day.rawValue
                ? 12 * year + month - 1 : 86400 * GregorianCalendar.day(year, month, day) + seconds)
    }

    /// The date in its form.
    public var description: String {
        let (year, month, day) = date
        let parts = [year, month, day, seconds / 3600, seconds / 60 % 60, seconds % 60]
        let marks = ["", "-", "-", hasBlank ? " " : "T", ":", ":"]
        let count = [1, 2, 3, 5, 6][Int(form.rawValue)]
        return (0..<count).map { part in
            let digits = String(parts[part])
            return marks[part] + String(repeating: "0", count: max(0, (part == 0 ? 4 : 2) - digits.count))
                + digits
        }.joined()
    }

    var hasDay: Bool { form.rawValue >= Form.day.rawValue }
    /// Seconds since midnight.
    var seconds: Int { hasDay ? ordinal % 86400 : 0 }
    /// Months since the beginning of year 0.
    var months: Int {
        let (year, month, _) = date
        return 12 * year + month - 1
    }
    var date: (year: Int, month: Int, day: Int) {
        hasDay ? GregorianCalendar.date(ofDay: ordinal / 86400) : (ordinal / 12, ordinal % 12 + 1, 1)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy({ 48...57 ~= $0 }) else { return nil }
        return digits.reduce(0) { 10 * $0 + Int($1 - 48) }
    }
}
