import Foundation
import RecurrentFormats
import Testing

@Suite struct CSVTableTests {
    private func table(_ text: String) throws(FileError) -> CSVTable {
        try CSVTable(Data(text.utf8), path: "t.csv")
    }

    private func numbers(_ cells: [String], _ missing: MissingValues) throws -> [Double] {
        try table("a,b\n" + cells.map { "x,\($0)\n" }.joined()).numbers(in: "b", missing: missing)
    }

    @Test func missingValuesLieBetweenTheirNeighbours() throws {
        #expect(
            try numbers(["?", "1", "NA", "", "NaN", "5", "4", " "], .interpolate) == [1, 1, 2, 3, 4, 5, 4, 4])
        #expect(try numbers(["0.1", "", "", "0.1"], .interpolate) == [0.1, 0.1, 0.1, 0.1])
        #expect(try numbers(["1.7e308", "?", "-1.7e308"], .interpolate) == [1.7e308, 0, -1.7e308])
        #expect(try numbers(["3"], .interpolate) == [3] && numbers([], .interpolate) == [])
    }

    @Test func missingValuesAreThoseBefore() throws {
        #expect(try numbers(["1", "?", "", "2", "NA"], .previous) == [1, 1, 1, 2, 2])
        let error = #expect(throws: FileError.self) { try numbers(["", "1"], .previous) }
        #expect(error?.line == 2 && error?.problem.contains("'b'") == true)
    }

    @Test func whatCannotBeFilledInIsAnError() throws {
        for policy in MissingValues.allCases {
            #expect(throws: FileError.self) { try numbers(["NA", "?"], policy) }
            #expect(throws: FileError.self) { try numbers(["1", "many", "2"], policy) }
        }
        let error = #expect(throws: FileError.self) { try numbers(["1", "NA"], .refuse) }
        #expect(error?.line == 3 && error?.problem.contains("'NA' in column 'b'") == true)
    }

    @Test func severalColumnsAreRowsOfValues() throws {
        let table = try table("a,b,c\n1,2,3\n4,?,6\n7,8,9\n")
        #expect(try table.numbers(in: ["c", "a"]) == [[3, 1], [6, 4], [9, 7]])
        #expect(try table.numbers(in: ["b"], missing: .interpolate) == [[2], [5], [8]])
        #expect(try table.numbers(in: []) == [[], [], []])
        #expect(throws: FileError.self) { try table.numbers(in: ["a", "d"]) }
    }

    @Test func linesAreThoseOfTheFile() throws {
        let table = try table("a,b\n1,\"x\ny\"\n2,z\r\n\"3\",\"\r\r\n\"\n4,\n\n")
        #expect((0..<table.count).map { table.line(ofRow: $0) } == [2, 4, 5, 8])
        #expect(try table.texts(in: "b") == ["x\ny", "z", "\r\r\n", ""])
    }

    @Test func aTableWithoutHeaderHasNumbersForNames() throws {
        let table = try CSVTable(Data("1;2\n3;4\n".utf8), path: "t", separator: .semicolon, hasHeader: false)
        #expect(table.header == ["1", "2"] && table.count == 2)
        #expect(try table.numbers(in: "2") == [2, 4])
        #expect(throws: Never.self) { try table.requireHeader() }
        let error = #expect(throws: FileError.self) { try table.numbers(in: "3") }
        #expect(error?.line == nil && error?.problem == "no column '3'; there are '1', '2'")
    }

    @Test func theColumnOfDatesNamesTheLine() throws {
        let good = try table("month,x\n2020-11,1\n2020-12,2\n2021-01,3\n").dates(in: "month")
        #expect(good.following(2).map(\.description) == ["2021-02", "2021-03"])
        let error = #expect(throws: FileError.self) {
            try table("d,x\n2020-01,\"a\nb\"\n2020-02,1\n2020-04,2\n2020-05,2\n").dates(in: "d")
        }
        #expect(error?.line == 5 && error?.problem.hasPrefix("column 'd': '2020-03' is expected") == true)
        let few = #expect(throws: FileError.self) { try table("d,x\n2020-01,1\n").dates(in: "d") }
        #expect(few?.line == nil && few?.problem.contains("at least two") == true)
    }
}
