/// A problem in a column of dates; rows are counted from 0.
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

    /// The message without the row.
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
