import Foundation
import TestSupport
import Testing

@testable import RecurrentFormats

@Suite struct LabelledTextTests {
    private func labelled(
        _ bytes: [UInt8], text: TableColumn = "text", label: TableColumn = "label", hasHeader: Bool = true,
        chunk: Int = 64
    ) throws(FileError) -> LabelledText {
        try LabelledText(
            TextStream(ByteStream(bytes, path: "t.tsv"), chunk: chunk), text, label, hasHeader: hasHeader)
    }

    private func problem(
        _ text: String, text column: TableColumn = "text", label: TableColumn = "label",
        hasHeader: Bool = true
    ) -> FileError? {
        do throws(FileError) {
            _ = try labelled(Array(text.utf8), text: column, label: label, hasHeader: hasHeader)
            return nil
        } catch { return error }
    }

    static let good =
        "\u{FEFF}id\tlabel\ttext\r\n1\tgood\tIt \"works\", é &amp; '\"\r\n\tbad 2\t\" no\n7\t3.5\t世界\r\n\r\n"

    @Test func textsAndLabelsAreThoseOfTheirColumns() throws {
        let expected = [
            LabelledText.Row(text: "It \"works\", é &amp; '\"", label: "good", line: 2),
            LabelledText.Row(text: "\" no", label: "bad 2", line: 3),
            LabelledText.Row(text: "世界", label: "3.5", line: 4),
        ]
        for chunk in [1, 2, 3, 7, 1000] {
            #expect(try labelled(Array(Self.good.utf8), chunk: chunk).rows == expected)
            #expect(try labelled(Array(Self.good.utf8), text: 3, label: 2, chunk: chunk).rows == expected)
        }
        let bare = try labelled(Array("a\tb".utf8), text: 2, label: "1", hasHeader: false)
        #expect(bare.rows == [LabelledText.Row(text: "b", label: "a", line: 1)])
    }

    @Test func problemsAreNamedWithTheirLine() throws {
        let header = "text\tlabel\n"
        #expect(
            problem(header + "a\tb\nc\n")?.description
                == "t.tsv:3: 1 fields where the header has 2; take tabs out of the text")
        #expect(problem(header + "a\tb\nc\td\te\n")?.line == 3)
        #expect(problem(header + "a\tb\n \td\n")?.description.hasPrefix("t.tsv:3: the text is empty") == true)
        #expect(problem(header + "a\tb\nc\t\n")?.description.hasPrefix("t.tsv:3: the label is empty") == true)
        #expect(problem(header + "a\tb\nc\0\td\n")?.line == 3)
        #expect(problem(header + "\n\n")?.problem.contains("no rows") == true)
        #expect(problem("")?.problem.contains("the file is empty") == true)
        #expect(
            problem("a\tlabel\nx\ty\n")?.problem.contains("no column 'text'; there are 'a', 'label'") == true)
        #expect(problem(header + "a\tb\n", text: 3)?.problem.contains("no column 3") == true)
        #expect(problem(header + "a\tb\n", label: "text")?.problem.contains("the same column") == true)
        #expect(problem("1\t2\n", text: 1, label: 2, hasHeader: false) == nil)
        #expect(throws: FileError.self) { try labelled(Array(header.utf8) + [97, 9, 0xC3]) }
        #expect(throws: FileError.self) {
            try LabelledText(contentsOf: "/none", textColumn: 1, labelColumn: 2)
        }
    }

    @Test func noDamageCrashesTheReader() throws {
        var mutations = Mutations(seed: 23)
        let telling = Array("\t\r\n\"\0".utf8) + [0xC3, 0xFF]
        mutations.giveDamaged([Array(Self.good.utf8)], telling: telling) { bytes, mutations in
            guard let rows = try? labelled(bytes, chunk: mutations.chunk()).rows else { return false }
            #expect(rows.allSatisfy { !$0.text.isEmpty && !$0.label.isEmpty && !$0.text.contains("\t") })
            #expect(!rows.isEmpty && zip(rows, rows.dropFirst()).allSatisfy { $0.line < $1.line })
            return true
        }
    }
}
