import Foundation
import Recurrent

/// A series of numbers in time order, and how it is cut by time.
struct Series {
    let name: String
    let values: [Double]
    /// What each value is called on the axis; empty if positions serve.
    let labels: [String]
    /// The values to fit to, to choose the epoch by, and to test on, in this order.
    let fitting: Range<Int>
    let validation: Range<Int>
    let test: Range<Int>

    /// Cuts off the last `test` values for the test and the `validation` values before them.
    init(
        name: String, values: [Double], labels: [String], validation: Int, test: Int, window: Int
    ) throws {
        let fittingCount = values.count - validation - test
        let needed = window + 1
        guard fittingCount >= needed, validation >= 1, test >= 1 else {
            throw CommandFailure(
                "\(name): \(values.count) values are too few: \(max(0, fittingCount)) to fit to, \(validation) to validate and \(test) to test leave no window of \(window) with a value after it; give a longer series or a smaller --window"
            )
        }
        if let large = values.first(where: { abs($0) > 1e150 }) {
            throw CommandFailure("\(name): the value \(large) is too large to be squared; rescale the series")
        }
        self.name = name
        self.values = values
        self.labels = labels
        fitting = 0..<fittingCount
        self.validation = fittingCount..<fittingCount + validation
        self.test = fittingCount + validation..<values.count
        let (least, most) = (values[fitting].min() ?? 0, values[fitting].max() ?? 0)
        if least == most {
            throw CommandFailure(
                "\(name): the part to fit to is constant (\(least)); there is nothing to learn")
        }
        if most - least < 1e-140 {
            throw CommandFailure(
                "\(name): the part to fit to varies by only \(most - least), too little to be squared; rescale the series"
            )
        }
    }

    /// Monthly mean sunspot numbers: fitted to December 1919, validated to 1959, tested to June 2009.
    static func sunspots(window: Int) throws -> Series {
        let table = try CSVTable(Data(PackageResources.sunspots_csv), path: "sunspots.csv")
        return try Series(
            name: "sunspots", values: table.numbers(in: "sunspots"), labels: table.texts(in: "month"),
            validation: 480, test: 594, window: window)
    }

    /// A column of a file: the last fifth for the test, the eighth before it for validation.
    static func column(_ column: String?, of path: String, window: Int) throws -> Series {
        let table = try CSVTable(contentsOf: path)
        if column == nil { try table.requireHeader() }
        guard let column = column ?? (table.header.count == 1 ? table.header[0] : nil) else {
            let known = table.header.map { "'\($0)'" }.joined(separator: ", ")
            throw CommandFailure("\(path): say which column with --column; there are \(known)")
        }
        let values = try table.numbers(in: column)
        return try Series(
            name: "\(path) (\(column))", values: values, labels: [],
            validation: values.count / 8, test: values.count / 5, window: window)
    }
}
