import Foundation
import TestSupport
import Testing

@testable import RecurrentFormats

@Suite struct ByteStreamTests {
    private func problem(_ path: String) -> String? {
        do throws(FileError) {
            _ = try ByteStream(path)
            return nil
        } catch { return error.problem }
    }

    @Test func whatCannotBeOpenedIsSaidWhy() throws {
        try Fixtures.withTemporaryFolder { folder in
            #expect(problem(folder + "/none")?.contains("no such file") == true)
            #expect(problem("")?.contains("no such file") == true)
            #expect(problem(folder)?.contains("folder") == true)
            let path = folder + "/file"
            try Data("a".utf8).write(to: URL(fileURLWithPath: path))
            #expect(problem(path) == nil)
            // For the system a path ends at NUL.
            #expect(problem(path + "\0.csv")?.contains("no such file") == true)
            #expect(problem(path + "/inside")?.contains("no such file") == true)
        }
    }

    @Test func aFileThatShrinksWhileItIsReadIsAnError() throws {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder + "/shrinking.txt"
            let text = String(repeating: "abc\n", count: 5000)
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            var reader = TextReader(
                TextStream(try ByteStream(path), chunk: 64), try Vocabulary(["a", "b", "c", "\n"]))
            var window: [Int32] = []
            #expect(try reader.next(100, into: &window) && window.count == 100)
            try FileHandle(forWritingTo: URL(fileURLWithPath: path)).truncate(atOffset: 1001)
            do throws(FileError) {
                while try reader.next(100, into: &window) {}
                Issue.record("the loss was not noticed")
            } catch {
                #expect(error.problem.contains("became shorter while it was read: 1001 of 20000 bytes"))
            }

            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            var table = try CSVReader(
                TextStream(try ByteStream(path), chunk: 64), separator: .comma, hasHeader: false)
            #expect(try table.next())
            try FileHandle(forWritingTo: URL(fileURLWithPath: path)).truncate(atOffset: 1000)
            do throws(FileError) {
                while try table.next() {}
                Issue.record("the loss was not noticed")
            } catch {
                #expect(error.problem.contains("became shorter"))
            }
        }
    }

    @Test func aFileThatShrinksWhileAllOfItIsReadIsAnError() throws {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder + "/shrinking.npy"
            let bytes = Data((0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) })
            try bytes.write(to: URL(fileURLWithPath: path))
            #expect(try FileError.read(path) == bytes)
            do throws(FileError) {
                var stream = try ByteStream(path)
                _ = unsafe truncate(path, 300_000)
                _ = try stream.rest()
                Issue.record("the loss was not noticed")
            } catch {
                #expect(error.problem.contains("became shorter while it was read: 300000 of 1000000 bytes"))
            }
        }
    }

    @Test func aFileThatGrowsIsReadToItsEnd() throws {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder + "/growing.csv"
            try Data("a\n1\n".utf8).write(to: URL(fileURLWithPath: path))
            var table = try CSVReader(
                TextStream(try ByteStream(path), chunk: 2), separator: .comma, hasHeader: true)
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("2\n".utf8))
            var numbers: [Double?] = []
            while try table.next() { numbers.append(try table.number(0)) }
            #expect(numbers == [1, 2])
        }
    }

    @Test func pipesAreReadToTheirEnd() throws {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder + "/pipe"
            #expect(unsafe mkfifo(path, 0o600) == 0)
            let text = String(repeating: "1,2\n", count: 30_000)
            let writer = Thread {
                try? FileHandle(forWritingTo: URL(fileURLWithPath: path)).write(contentsOf: Data(text.utf8))
            }
            writer.start()
            let table = try CSVTable(contentsOf: path, hasHeader: false)
            #expect(table.count == 30_000)
        }
    }
}
