/// Dates at equal steps: of years, months, weeks, days, hours or any other constant distance.
///
/// Dates of the days of a month count as months where they fall on the same day of each, or on its last day where it
/// lacks that: 31 January, 28 February, 31 March.
public struct DateColumn: Sendable, Equatable {
    /// Ascending; all written in the same way.
    public let dates: [DateStamp]
    public let step: DateStep

    /// Reads dates, and finds the step that most of them keep to.
    ///
    /// - Throws: `DateError` naming the row of what is no date, is written in another way than the first, or does not
    ///   follow the one before it by one step; or if there are fewer than two dates.
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
            // The first must keep to the step's day of the month.
            let expected = row == 0 ? step.date(0, behind: date) : step.date(1, behind: dates[row - 1])
            if date != expected { throw .offStep(row: row, date, expected: expected, step) }
        }
        (self.dates, self.step) = (dates, step)
    }

    /// The dates that follow the last, in the same way: of a forecast, say.
    ///
    /// - Precondition: `count` is not negative.
    public func following(_ count: Int) -> [DateStamp] {
        precondition(count >= 0, "\(count) dates cannot follow")
        return dates.last.map { last in (0..<count).map { step.date($0 + 1, behind: last) } } ?? []
    }
}

/// What is wrong with a column of dates; rows are counted from 0.
public enum DateError: Error, Equatable, Sendable, CustomStringConvertible {
    case notADate(row: Int, text: String)
    case otherForm(row: Int, text: String, first: DateStamp)
    case repeated(row: Int, DateStamp)
    case backwards(row: Int, DateStamp, behind: DateStamp)
    case offStep(row: Int, DateStamp, expected: DateStamp, DateStep)
    case tooFew(Int)

    /// The row at fault, if there is one.
    public var row: Int? {
        switch self {
        case .notADate(let row, _), .otherForm(let row, _, _), .repeated(let row, _),
            .backwards(let row, _, _), .offStep(let row, _, _, _):
            row
        case .tooFew: nil
        }
    }

    /// What is wrong, without the row.
    var problem: String {
        switch self {
        case .notADate(_, let text):
            "'\(text.prefix(40))' is no date; write YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS"
        case .otherForm(_, let text, let first):
            "'\(text)' is written in another way than the first date, '\(first)'; write all alike"
        case .repeated(_, let date): "'\(date)' occurs twice; remove one row"
        case .backwards(_, let date, let previous): "'\(date)' follows '\(previous)'; sort the rows by date"
        case .offStep(let row, let date, let expected, let step):
            row == 0
                ? "'\(date)' is off the step of \(step) that the others keep, '\(expected)' fits; remove or correct the row"
                : "'\(expected)' is expected, as the step is \(step), but '\(date)' follows; fill in the rows that are missing, or remove those between"
        case .tooFew(let count): "\(count) dates do not tell a step; give at least two"
        }
    }

    public var description: String { row.map { "row \($0): \(problem)" } ?? problem }
}
