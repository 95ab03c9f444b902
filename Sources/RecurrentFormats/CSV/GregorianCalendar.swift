/// The proleptic Gregorian calendar from year 1 on.
enum GregorianCalendar {
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
