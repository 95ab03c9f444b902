/// The distance from one date of a series to the next.
public enum DateStep: Sendable, Equatable, CustomStringConvertible {
    /// A number of months, always on the same day; in shorter months on the last day.
    case months(Int, day: Int)
    case seconds(Int)

    public var description: String {
        switch self {
        case .months(1, _): "a month"
        case .months(3, _): "a quarter"
        case .months(12, _): "a year"
        case .months(let count, _): count % 12 == 0 ? "\(count / 12) years" : "\(count) months"
        case .seconds(604_800): "a week"
        case .seconds(86_400): "a day"
        case .seconds(3600): "an hour"
        case .seconds(60): "a minute"
        case .seconds(1): "a second"
        case .seconds(let count):
            count % 86_400 == 0
                ? "\(count / 86_400) days"
                : count % 3600 == 0
                    ? "\(count / 3600) hours" : count % 60 == 0 ? "\(count / 60) minutes" : "\(count) seconds"
        }
    }

    /// The date `count` steps after another.
    func date(_ count: Int, after date: DateStamp) -> DateStamp {
        var ordinal = date.ordinal
        switch self {
        case .seconds(let seconds): ordinal += count * seconds
        case .months(let months, _) where !date.hasDay: ordinal += count * months
        case .months(let months, let day):
            let reached = date.months + count * months
            let (year, month) = (reached / 12, reached % 12 + 1)
            let last = GregorianCalendar.days(inMonth: month, of: year)
            ordinal = 86_400 * GregorianCalendar.day(year, month, min(day, last)) + date.seconds
        }
        return DateStamp(form: date.form, hasBlank: date.hasBlank, ordinal: ordinal)
    }

    /// The most frequent distance between neighbours, in months or in seconds, whichever more of them have. Nil
    /// if no date is later than the one before it.
    init?(_ dates: [DateStamp]) {
        let pairs = Array(zip(dates, dates.dropFirst()))
        let seconds = Self.mostFrequent(pairs.map { $1.ordinal - $0.ordinal }.filter { $0 > 0 })
        let months = Self.mostFrequent(pairs.map { $1.months - $0.months }.filter { $0 > 0 })
        let day = Self.mostFrequent(dates.map { $0.date.day })
        let candidates = [
            months.map { DateStep.months($0, day: day ?? 1) },
            dates.first?.hasDay == true ? seconds.map { DateStep.seconds($0) } : nil,
        ].compactMap { $0 }
        let kept = candidates.map { step in pairs.count { step.date(1, after: $0) == $1 } }
        guard let first = candidates.first else { return nil }
        self = kept.count == 2 && kept[1] > kept[0] ? candidates[1] : first
    }

    /// The most frequent value; of equally frequent ones the largest.
    private static func mostFrequent(_ values: [Int]) -> Int? {
        var counts: [Int: Int] = [:]
        for value in values { counts[value, default: 0] += 1 }
        return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
    }
}
