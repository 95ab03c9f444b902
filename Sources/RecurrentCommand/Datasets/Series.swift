import Recurrent

/// Columns of numbers in time order.
struct Series {
    /// The name of the file, for messages.
    let name: String
    let columns: [String]
    /// The values of each column, all of the same length.
    let values: [[Double]]
    let dates: DateColumn?

    var count: Int { values[0].count }

    /// Monthly mean sunspot numbers since 1749.
    static func sunspots() throws -> Series {
        let table = try CSVTable(contentsOf: ShippedData.path("sunspots.csv"))
        return Series(
            name: "sunspots", columns: ["sunspots"], values: [try table.numbers(in: "sunspots")],
            dates: try table.dates(in: "month"))
    }

    private init(name: String, columns: [String], values: [[Double]], dates: DateColumn?) {
        (self.name, self.columns, self.values, self.dates) = (name, columns, values, dates)
    }

    /// - Parameter columns: if nil, the file must have exactly one beside the dates.
    init(
        contentsOf path: String, columns: [String]?, dateColumn: String?, missing: MissingValues
    ) throws {
        let table = try CSVTable(contentsOf: path)
        if columns == nil { try table.requireHeader() }
        let others = table.header.filter { $0 != dateColumn }
        guard let columns = columns ?? (others.count == 1 ? others : nil) else {
            let known = table.header.map { "'\($0)'" }.joined(separator: ", ")
            throw CommandFailure("\(path): choose columns with --columns; there are \(known)")
        }
        let values = try columns.map { try table.numbers(in: $0, missing: missing) }
        guard table.count > 0 else {
            throw FileError(path: path, problem: "there are no rows below the header")
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

    /// The name of a time within the series or right after it: its date, or its number counted from 1.
    func label(_ time: Int) -> String {
        guard time < count else { return labels(after: time - count + 1).last ?? "" }
        return dates?.dates[time].description ?? "\(time + 1)"
    }

    /// The names of the first `count` times after the end.
    func labels(after count: Int) -> [String] {
        dates?.following(count).map(\.description) ?? (0..<count).map { "\(self.count + $0 + 1)" }
    }
}
