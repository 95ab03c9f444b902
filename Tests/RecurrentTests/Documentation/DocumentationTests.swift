import Foundation
import RecurrentLinearAlgebra
import Recurrent
import TestSupport
import Testing

/// A page of the documentation.
struct Page: CustomStringConvertible, Sendable {
    let description: String
    let text: String

    /// A page of the library's catalogue.
    init(_ name: String) throws { try self.init(path: "Sources/Recurrent/Recurrent.docc/\(name)") }

    init(path: String) throws {
        description = path
        text = try String(contentsOf: Fixtures.root.appendingPathComponent(path), encoding: .utf8)
    }

    /// README.md and all pages of all catalogues.
    static let all: [Page] = {
        let files = FileManager.default.enumerator(
            atPath: Fixtures.root.appendingPathComponent("Sources").path)
        let paths = (files?.compactMap { $0 as? String } ?? []).filter {
            $0.contains(".docc/") && $0.hasSuffix(".md")
        }
        return (["README.md"] + paths.sorted().map { "Sources/\($0)" }).compactMap { try? Page(path: $0) }
    }()

    /// The Swift blocks.
    var examples: [String] {
        text.components(separatedBy: "```swift\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
    }
}

/// Properties of all pages. The other tests of this folder contain the examples, word for word, and run them.
@Suite struct DocumentationTests {
    @Test func everyPageIsFound() {
        #expect(Page.all.count >= 12)
    }

    @Test(arguments: Page.all)
    func everyExampleIsCompiled(page: Page) throws {
        let compiled = try Self.compiled
        #expect(!page.examples.isEmpty)
        for example in page.examples {
            let lines = Self.lines(example).filter { !$0.hasPrefix("import ") }
            #expect(compiled.contains(lines.joined(separator: "\n")), "\(example)")
        }
    }

    /// A test begins with all examples of the page, one after the other and nothing between, so that they can be copied
    /// and need nothing that the page does not show.
    @Test(arguments: ["TrainingNetworks.md"])
    func theExamplesOfAPageAreAProgram(name: String) throws {
        let lines = try Page(name).examples.flatMap { Self.lines($0) }
        let program = lines.filter { !$0.hasPrefix("import ") }.joined(separator: "\n")
        #expect(lines.contains("import Recurrent"))
        #expect(try Self.compiled.contains("throws {\n" + program))
    }

    @Test(arguments: ["Recurrent", "RecurrentFormats", "RecurrentLinearAlgebra"])
    func everyPublicTypeStandsAmongTheTopics(library: String) throws {
        let topics = try Page(path: "Sources/\(library)/\(library).docc/\(library).md").text
        let folder = Fixtures.root.appendingPathComponent("Sources/\(library)")
        let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        var names: [String] = []
        for file in files where file.hasSuffix(".swift") {
            let source = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
            for line in source.split(separator: "\n") where line.hasPrefix("public ") {
                let type = line.firstMatch(of: /\b(?:struct|enum|class|protocol|func) (\w+)/)
                // An underscore hides a type from the documentation.
                if let name = type?.1, !name.hasPrefix("_") { names.append(String(name)) }
            }
        }
        #expect(names.count > 15)
        for name in names {
            #expect(topics.contains("\n- ``\(name)``\n") || topics.contains("\n- ``\(name)("), "\(name)")
        }
    }

    @Test func theExampleOfMatricesRuns() throws {
        let a: Matrix<Double> = [[3, 0], [4, 5]]
        print(a * a.transposed, try a.spectralNorm())

        var c = Matrix<Double>(rows: 2, columns: 2)
        c.withMutableView { c in
            a.withView { a in gemm(a, a.transposed, into: c) }  // no copy of the transpose
        }
        #expect(c == [[9, 12], [12, 41]] && c == a * a.transposed)
        #expect(try abs(a.spectralNorm() - 45.0.squareRoot()) < 1e-12)
    }

    /// All source files of this folder and the sixth application, line by line without indentation.
    private static var compiled: String {
        get throws {
            let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            let files = try FileManager.default.contentsOfDirectory(
                at: folder, includingPropertiesForKeys: nil)
            let sixth = Fixtures.root.appendingPathComponent(
                "Tests/RecurrentCommandTests/SixthApplicationTests.swift")
            return try (files + [sixth]).filter { $0.pathExtension == "swift" }
                .map { lines(try String(contentsOf: $0, encoding: .utf8)).joined(separator: "\n") }
                .joined(separator: "\n")
        }
    }

    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
}
