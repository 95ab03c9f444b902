/// Dates at equal steps: of years, months, weeks, days, hours or any other constant distance.
///
/// The step is a number of months if the dates fall on the same day of each month, or on its last day where the
/// month is too short: 31 January, 28 February, 31 March.
public struct DateColumn: Sendable, Equatable {
    /// Ascending; all of the same form.
    public let dates: [DateStamp]
    /// The distance from each date to the next.
    public let step: DateStep

    /// Reads dates and finds their most frequent step.
    ///
    /// - Throws: `DateError` naming the row of a date that cannot be read, has another form than the first, or
    ///   does not follow the one before it by one step; or if there are fewer than two dates.
    public init(_ texts: [String]) throws(DateError) {
        var dates: [DateStamp] = []
        for (row, text) in texts.enumerated() {
            guard let date = DateStamp(text) else { throw .notADate(row: row, text: text) }
            let first = dates.first ?? date
            guard (date.form, date.hasBlank) == (first.form, first.hasBlank) else {
                throw .otherForm(row: row, text: text, first: first)
            }
            dates.append(date)
        }
        for (row, (date, next)) in zip(dates, dates.dropFirst()).enumerated()
        where next.ordinal <= date.ordinal {
            throw next == date ? .repeated(row: row + 1, date) : .backwards(row: row + 1, next, behind: date)
        }
        guard let step = DateStep(dates) else { throw .tooFew(dates.count) }
        for (row, date) in dates.enumerated() {
            // The first date must fall on the step's day of the month.
            let expected = row == 0 ? step.date(0, after: date) : step.date(1, after: dates[row - 1])
            if date != expected { throw .offStep(row: row, date, expected: expected, step) }
        }
        (self.dates, self.step) = (dates, step)
    }

    /// The dates after the last one, in the same form: those of a forecast, for instance.
    ///
    /// - Precondition: `count` is not negative.
    public func following(_ count: Int) -> [DateStamp] {
        require(count >= 0, "\(count) dates cannot follow")
        return dates.last.map { last in (0..<count).map { step.date($0 + 1, after: last) } } ?? []
    }
}
