import Foundation
import RecurrentLinearAlgebra
import Recurrent

/// A table of 100 MB in a file, and the sums that a reader must find in it.
struct WrittenTable {
    let path: String
    var megabytes = 0.0
    /// Added in the order of the rows, so that a reader gets the same bits.
    var sums = [0.0, 0.0, 0.0]
    let names = ["number", "price", "share"]

    init(_ path: String) throws {
        self.path = path
        var generator = RandomGenerator(seed: 2)
        megabytes = try writeLines(to: path) { [names] row in
            if row == 0 { return "place," + names.joined(separator: ",") + "\n" }
            let values = [
                Double(row), Double(generator.index(below: 100_000)) / 100, generator.uniform(within: 1),
            ]
            for column in sums.indices { sums[column] += values[column] }
            return "\"place \(row % 17)\",\(row),\(values[1]),\(values[2])\n"
        }
    }

    func measure() throws {
        try reportReading("table: three of four columns, row by row", megabytes) {
            var reader = try CSVReader(path)
            let columns = try names.map { try reader.index(of: .name($0)) }
            var found = [0.0, 0.0, 0.0]
            while try reader.next() {
                for place in 0..<3 { found[place] += try reader.number(columns[place]) ?? .nan }
            }
            return found == sums
        }
        try reportReading("table: read whole", megabytes) {
            let table = try CSVTable(contentsOf: path)
            return try names.map { try table.numbers(in: $0).reduce(0, +) } == sums
        }
    }
}
