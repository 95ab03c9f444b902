import Foundation
import TestSupport
import Testing

@testable import RecurrentFormats

@Suite struct CSVReaderTests {
    private func reader(
        _ bytes: [UInt8], chunk: Int = 64, separator: CSVSeparator = .comma, hasHeader: Bool = true
    ) throws(FileError) -> CSVReader {
        try CSVReader(
            TextStream(ByteStream(bytes, path: "t.csv"), chunk: chunk), separator: separator,
            hasHeader: hasHeader)
    }

    /// Every record with its line, the header as one of line 0, and the error at the end.
    private func records(
        _ bytes: [UInt8], chunk: Int = 64, separator: CSVSeparator = .comma, hasHeader: Bool = true
    ) -> (records: [[String]], error: FileError?) {
        var records: [[String]] = []
        do throws(FileError) {
            var reader = try reader(bytes, chunk: chunk, separator: separator, hasHeader: hasHeader)
            records.append(["0"] + reader.header)
            while try reader.next() {
                let line = reader.line
                records.append(["\(line)"] + reader.header.indices.map { reader.text($0) })
            }
        } catch { return (records, error) }
        return (records, nil)
    }

    static let good =
        "\u{FEFF}name,x,\"a \"\"y\"\"\"\r\n\"é, \"\"q\"\"\r\nz\",1.5,-2e3\r\n世界,,NA\r\"\",\" 7 \",\"\"\"\"\n,?,0.1\n\r\n"

    @Test func thePiecesDoNotMatter() {
        let expected = [
            ["0", "name", "x", "a \"y\""], ["2", "é, \"q\"\r\nz", "1.5", "-2e3"], ["4", "世界", "", "NA"],
            ["5", "", " 7 ", "\""], ["6", "", "?", "0.1"],
        ]
        for chunk in [1, 2, 3, 7, 1000] {
            let (records, error) = records(Array(Self.good.utf8), chunk: chunk)
            #expect(records == expected && error == nil, "\(chunk)")
        }
    }

    @Test func numbersAndMissingValuesAreToldApart() throws {
        var reader = try reader(Array("a\n 1.5 \n?\nNA\nnan\n\n\"\"\n\t-3e-2\n1 5\n".utf8))
        var numbers: [Double?] = []
        do throws(FileError) {
            while try reader.next() { numbers.append(try reader.number(0)) }
            Issue.record("'1 5' is no number")
        } catch {
            #expect(
                error.line == 9 && error.problem.contains("'1 5' in column 'a' where a number is expected"))
        }
        #expect(numbers == [1.5, nil, nil, nil, nil, nil, -0.03])
    }

    @Test func otherSeparatorsAndNoHeader() throws {
        let (rows, error) = records(Array("1;\"a;b\"\n2;c,d\n".utf8), separator: .semicolon, hasHeader: false)
        #expect(rows == [["0", "1", "2"], ["1", "1", "a;b"], ["2", "2", "c,d"]] && error == nil)
        var tabs = try reader(Array("a\tb\n1\t2".utf8), separator: .tab)
        let (first, second) = (try tabs.index(of: "a"), try tabs.index(of: 2))
        #expect(try tabs.next() && first == 0 && tabs.number(second) == 2)
        for bad in [TableColumn.number(0), 3, "c"] {
            #expect(throws: FileError.self) { try tabs.index(of: bad) }
        }
    }

    @Test func emptyLinesAreCellsOnlyBetweenOthers() throws {
        let (rows, _) = records(Array("a\n\n1\n\r\n\n2\n\n\n".utf8), chunk: 2)
        #expect(rows == [["0", "a"], ["2", ""], ["3", "1"], ["4", ""], ["5", ""], ["6", "2"]])
        #expect(records(Array("a,b\n1,2\n\n\n3,4\n".utf8)).error?.line == 3)
        #expect(records(Array("a,b\n1,2\n\n\n".utf8)).error == nil)
        #expect(records(Array("\n\na,b\n".utf8)).error?.problem.contains("first line is empty") == true)
        #expect(records(Array("\n1\n".utf8), hasHeader: false).error?.line == 1)
        for empty in ["", "\n\n\r", "\u{FEFF}"] {
            #expect(records(Array(empty.utf8)).error?.problem.contains("the file is empty") == true)
        }
    }

    /// Tables with an error, its line, and a part of the message.
    static let bad: [(text: [UInt8], line: Int, problem: String)] = [
        (Array("a,b\n1,2\n1,\"2\n3,4\n".utf8), 3, "a quote that is never closed"),
        (Array("a,b\n\"1\r\n\",\"2\n".utf8), 3, "a quote that is never closed"),
        (Array("a,b\n1,2\"\n".utf8), 2, "a quote inside a field"),
        (Array("a,b\n\"1\n\"x,2\n".utf8), 3, "text after a closing quote"),
        (Array("a,b\n1,2\n1,2,3\n".utf8), 3, "3 fields where the header has 2"),
        (Array("a,b\n1,2\n\"x\ny\"\n".utf8), 3, "1 fields where the header has 2"),
        (Array("a,b\r1,2\r1,\0\r".utf8), 3, "byte 10 is NUL"),
        (Array("a,b\n1,2\n1,".utf8) + [0xFF], 3, "byte 10 is not UTF-8"),
        (Array("a,b\n1,2\n1,".utf8) + [0xC3], 3, "byte 10 is not UTF-8"),
        ([0xFF, 0xFE, 0x61, 0], 1, "byte 0 is not UTF-8"),
    ]

    @Test(arguments: 0..<10)
    func whatIsWrongIsNamedWithItsLineWhateverThePieces(index: Int) {
        let (text, line, problem) = Self.bad[index]
        let expected = records(text, chunk: 1000)
        #expect(expected.error?.line == line && expected.error?.problem.contains(problem) == true)
        for chunk in [1, 2, 3, 7] {
            let found = records(text, chunk: chunk)
            #expect(found.records == expected.records && found.error == expected.error, "\(chunk)")
        }
    }

    @Test func aRecordWithoutEndIsAnErrorAndNotAFullMemory() throws {
        func problem(_ text: String, chunk: Int) -> FileError? {
            do throws(FileError) {
                let stream = TextStream(ByteStream(Array(text.utf8), path: "t.csv"), chunk: chunk)
                let limits = CSVLimits(record: 100, columns: 10)
                var reader = try CSVReader(stream, separator: .comma, hasHeader: true, limits: limits)
                while try reader.next() {}
                return nil
            } catch { return error }
        }
        let long = String(repeating: "x", count: 99)
        for chunk in [1, 7, 64, 1000] {
            #expect(problem("a\n\(long)\n\(long)\n", chunk: chunk) == nil)
            for bad in ["\"" + long + "\n\n\n", long + "x\n", long + "xxx", long + "\r\n"] {
                let error = problem("a\n" + bad, chunk: chunk)
                #expect(
                    error?.line == 2 && error?.problem.contains("more than 100 bytes") == true,
                    "\(chunk) \(bad)")
            }
            #expect(problem("a,b,c,d,e,f,g,h,i,j", chunk: chunk) == nil)
            let wide = problem("a,b,c,d,e,f,g,h,i,j,k", chunk: chunk)
            #expect(wide?.line == 1 && wide?.problem == "11 columns; at most 10 are read")
        }
    }

    @Test func noDamageCrashesTheReader() throws {
        var mutations = Mutations(seed: 22)
        let telling = Array("\",\"\r\n;?\0".utf8) + [0xC3, 0xFF]
        mutations.giveDamaged([Array(Self.good.utf8)], telling: telling) { bytes, mutations in
            let (found, error) = records(bytes, chunk: mutations.chunk())
            let width = found.first?.count ?? 0
            #expect(found.allSatisfy { $0.count == width })
            #expect(error != nil || width > 1 && String(validating: bytes, as: UTF8.self) != nil)
            // The table in memory is the same.
            let table = try? CSVTable(Data(bytes), path: "t.csv")
            #expect((table == nil) == (error != nil) && table?.count ?? 0 <= found.count)
            if let table, let name = table.header.first, let texts = try? table.texts(in: name) {
                #expect(texts == found.dropFirst().map { $0[1] })
                let numbers = try? table.numbers(in: name, missing: .interpolate)
                #expect(
                    numbers?.allSatisfy(\.isFinite) != false && numbers?.count ?? table.count == table.count)
            }
            return error == nil
        }
    }
}
