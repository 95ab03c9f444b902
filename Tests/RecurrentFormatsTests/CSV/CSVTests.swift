import Foundation
import RecurrentFormats
import Testing

@Suite struct CSVTests {
    private func table(_ text: String) throws(FileError) -> CSVTable {
        try CSVTable(Data(text.utf8), path: "t.csv")
    }

    private func problem(_ text: String, column: String = "b") -> FileError? {
        do throws(FileError) {
            _ = try table(text).numbers(in: column)
            return nil
        } catch { return error }
    }

    @Test(arguments: [
        "a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4", "\u{FEFF}a,b\n1,2\n3,4\n\n\n",
        "\"a\",\"b\"\n\"1\",\"2\"\n3,\"4\"", "a,b\n\"x, \"\"y\"\"\nz\",2\n3, 4 ",
    ])
    func numbersComeOutOfEveryDialect(text: String) throws {
        #expect(try table(text).numbers(in: "b") == [2, 4])
    }

    @Test func quotedFieldsKeepCommasQuotesAndLineBreaks() throws {
        let texts = try table("a,b\n\"x, \"\"y\"\"\r\nz\",2\n").texts(in: "a")
        #expect(texts == ["x, \"y\"\r\nz"])
    }

    @Test func problemsAreNamedWithTheirLine() throws {
        let empty = try #require(problem("a,b\n1,\n"))
        #expect(empty.line == 2 && empty.problem.contains("empty cell") && empty.problem.contains("'b'"))
        let text = try #require(problem("a,b\n1,2\n\"x\ny\",many\n"))
        #expect(text.line == 3 && text.problem.contains("'many'"))
        #expect(problem("a,b\n\"x\ry\r\nz\",many\n1,2\n")?.line == 2)
        #expect(problem("a,b\n\"x\ry\r\nz\",1\n1,many\n")?.line == 5)
        for bad in ["nan", "inf", "1e999", "1 2", "--1", "0x1p3"] {
            #expect(problem("a,b\n1,\(bad)\n")?.line == 2, "\(bad)")
        }
        let ragged = try #require(problem("a,b\n1,2\n1\n"))
        #expect(ragged.line == 3 && ragged.problem.contains("1 fields where the header has 2"))
        #expect(problem("a,b\n1,2,3\n")?.line == 2)
        #expect(problem("a,b\n\n1,2\n")?.line == 2)
        let missing = try #require(problem("a,b\n1,2\n", column: "c"))
        #expect(missing.problem.contains("no column 'c'; there are 'a', 'b'"))
        #expect(problem("b,b\n1,2\n")?.problem.contains("more than one") == true)
        #expect(problem("1,2\n3,4\n")?.problem.contains("no header") == true)
        #expect(problem("")?.problem.contains("empty") == true)
        #expect(problem("a,b\n1,\"2\n")?.problem.contains("never closed") == true)
        #expect(problem("a,b\n1,2\"3\n")?.line == 2)
        #expect(problem("a,b\n1,\"2\"3\n")?.problem.contains("after a closing quote") == true)
        #expect(throws: FileError.self) { try CSVTable(Data([0xFF, 0xFE, 0x61, 0]), path: "t.csv") }
    }

    @Test func aHeaderOfYearsIsAHeaderToThoseWhoNameOne() throws {
        #expect(try table("2019,2020\n1,2\n3,4\n").numbers(in: "2020") == [2, 4])
        #expect(throws: FileError.self) { try table("2019\n1\n").requireHeader() }
    }

    @Test func aHeaderAloneHasNoRows() throws {
        #expect(try table("a,b\n").count == 0)
    }
}
