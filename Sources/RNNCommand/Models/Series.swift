import Foundation
import Recurrent

/// Columns of numbers in time order.
struct Series {
    /// Of the file, for messages.
    let name: String
    let columns: [String]
    /// A column each, all equally long.
    let values: [[Double]]
    let dates: DateColumn?

    var count: Int { values[0].count }

    /// Monthly mean sunspot numbers since 1749.
    static func sunspots() throws -> Series {
        let table = try CSVTable(Data(PackageResources.sunspots_csv), path: "sunspots.csv")
        return Series(
            name: "sunspots", columns: ["sunspots"], values: [try table.numbers(in: "sunspots")],
            dates: try table.dates(in: "month"))
    }

    private init(name: String, columns: [String], values: [[Double]], dates: DateColumn?) {
        (self.name, self.columns, self.values, self.dates) = (name, columns, values, dates)
    }

    /// - Parameter columns: if nil, the file must have one beside the dates.
    init(
        contentsOf path: String, columns: [String]?, dateColumn: String?, missing: MissingValues
    ) throws {
        let table = try CSVTable(contentsOf: path)
        if columns == nil { try table.requireHeader() }
        let others = table.header.filter { $0 != dateColumn }
        guard let columns = columns ?? (others.count == 1 ? others : nil) else {
            let known = table.header.map { "'\($0)'" }.joined(separator: ", ")
            throw CommandFailure("\(path): say which columns with --columns; there are \(known)")
        }
        let values = try columns.map { try table.numbers(in: $0, missing: missing) }
        guard table.count > 0 else {
            throw FileError(path: path, problem: "there are no rows below the header; add some")
        }
        for (name, column) in zip(columns, values) {
            guard let large = column.first(where: { abs($0) > 1e150 }) else { continue }
            throw CommandFailure(
                "\(path): column '\(name)': the value \(large) is too large to be squared; rescale it")
        }
        self.init(
            name: path, columns: columns, values: values,
            dates: try dateColumn.map { try Self.dates(in: $0, of: table) })
    }

    private static func dates(in column: String, of table: CSVTable) throws -> DateColumn {
        do {
            return try table.dates(in: column)
        } catch {
            throw FileError(
                path: error.path, line: error.line, problem: error.problem + "; or leave out --date-column")
        }
    }

    /// What a time is called, within the series or right behind it: its date, or its place counted from 1.
    func label(_ time: Int) -> String {
        guard time < count else { return labels(after: time - count + 1).last ?? "" }
        return dates?.dates[time].description ?? "\(time + 1)"
    }

    /// What the times behind the end are called.
    func labels(after count: Int) -> [String] {
        dates?.following(count).map(\.description) ?? (0..<count).map { "\(self.count + $0 + 1)" }
    }
}

/// A series cut by time: what is fitted to, then what the epoch is chosen on, then what is tested on.
struct TimeSplit {
    let fitting: Range<Int>
    let validation: Range<Int>
    let test: Range<Int>

    /// All that is not fitted to.
    var unseen: Range<Int> { validation.lowerBound..<test.upperBound }

    /// The last fifth for the test, the eighth before it for validation; sunspots from 1960, and from 1920.
    init(_ series: Series, isSunspots: Bool) {
        let test = isSunspots ? 594 : series.count / 5
        let validation = isSunspots ? 480 : series.count / 8
        let end = series.count - test
        fitting = 0..<end - validation
        self.validation = end - validation..<end
        self.test = end..<series.count
    }

    /// - Throws: `CommandFailure` if a network with this window cannot learn from it.
    func require(window: Int, of series: Series) throws {
        guard fitting.count > window, validation.count >= 1, test.count >= 1 else {
            throw CommandFailure(
                "\(series.name): \(series.count) values are too few: \(fitting.count) to fit to, \(validation.count) to validate and \(test.count) to test leave no window of \(window) with a value after it; give a longer series or a smaller --window"
            )
        }
        let fitted = series.values[0][fitting]
        let (least, most) = (fitted.min() ?? 0, fitted.max() ?? 0)
        if least == most {
            throw CommandFailure(
                "\(series.name): the part to fit to is constant (\(least)); there is nothing to learn")
        }
        if most - least < 1e-140 {
            throw CommandFailure(
                "\(series.name): the part to fit to varies by only \(most - least), too little to be squared; rescale the series"
            )
        }
    }
}
