/// A date as ISO 8601 writes it: YYYY, YYYY-MM, YYYY-MM-DD, or that with THH:MM or THH:MM:SS behind it, where a blank
/// may stand for the T. The calendar is the Gregorian one, also before it was made; there are no time zones.
public struct DateStamp: Sendable, Hashable, CustomStringConvertible {
    /// How a date is written.
    enum Form: UInt8 {
        case year, month, day, minute, second
    }

    let form: Form
    /// Whether a blank stands before the time.
    let hasBlank: Bool
    /// Months since the beginning of year 0 for years and months, seconds since the first of January of year 1 for
    /// the others.
    let ordinal: Int

    init(form: Form, hasBlank: Bool, ordinal: Int) {
        (self.form, self.hasBlank, self.ordinal) = (form, hasBlank, ordinal)
    }

    /// A date from 0001-01-01 on, or nil if the text is none, to the last character.
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
        guard year >= 1, 1...12 ~= month, 1...Calendar.days(inMonth: month, of: year) ~= day,
            numbers[3] < 24, numbers[4] < 60, numbers[5] < 60
        else { return nil }
        let seconds = (numbers[3] * 60 + numbers[4]) * 60 + numbers[5]
        self.init(
            form: form, hasBlank: hasBlank,
            ordinal: form.rawValue < Form.day.rawValue
                ? 12 * year + month - 1 : 86400 * Calendar.day(year, month, day) + seconds)
    }

    /// The date as it is written.
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
        hasDay ? Calendar.date(ofDay: ordinal / 86400) : (ordinal / 12, ordinal % 12 + 1, 1)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy({ 48...57 ~= $0 }) else { return nil }
        return digits.reduce(0) { 10 * $0 + Int($1 - 48) }
    }
}

/// The Gregorian calendar from year 1 on, by whole numbers.
enum Calendar {
    static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    static func days(inMonth month: Int, of year: Int) -> Int {
        month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Days since 0001-01-01.
    static func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
        (1..<month).reduce(daysBefore(year)) { $0 + days(inMonth: $1, of: year) } + day - 1
    }

    static func date(ofDay day: Int) -> (year: Int, month: Int, day: Int) {
        // 400 years have 146,097 days; the quotient is the year or the one before it.
        var year = day * 400 / 146_097 + 1
        while daysBefore(year + 1) <= day { year += 1 }
        while daysBefore(year) > day { year -= 1 }
        var (month, rest) = (1, day - daysBefore(year))
        while rest >= days(inMonth: month, of: year) {
            rest -= days(inMonth: month, of: year)
            month += 1
        }
        return (year, month, rest + 1)
    }

    private static func daysBefore(_ year: Int) -> Int {
        let years = year - 1
        return 365 * years + years / 4 - years / 100 + years / 400
    }
}
