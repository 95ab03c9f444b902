import Foundation
import RecurrentLinearAlgebra
import Recurrent
import TestSupport
import Testing

@Suite struct RecordedCaseTests {
    @Test func thereAreCasesOfEveryKind() {
        #expect(Fixtures.cases.count >= 12)
        for kind in ["tanh", "sigmoid", "relu", "identity", "ragged", "many-to-one"] {
            #expect(Fixtures.cases.contains { $0.contains(kind) }, "\(kind)")
        }
    }

    @Test(arguments: Fixtures.cases)
    func theEngineAgreesWithPyTorch(name: String) throws {
        let recorded = try RecordedCase(
            contentsOf: Fixtures.folder.appendingPathComponent("Cases/\(name)").path)
        for deviation in try Verification(recorded, in: Double.self).deviations {
            #expect(deviation.relative <= Verification.tolerance(of: Double.self), "\(deviation)")
        }
        for deviation in try Verification(recorded, in: Float.self).deviations {
            #expect(deviation.relative <= Verification.tolerance(of: Float.self), "\(deviation)")
        }
    }

    private static let good = try? String(
        contentsOf: Fixtures.folder.appendingPathComponent("Cases/tanh-one-step.json"), encoding: .utf8)

    /// A change of a good case, and words of the one-line error that it leads to.
    struct Damage: CustomTestStringConvertible, Sendable {
        let change: @Sendable (String) -> String
        let words: String
        var testDescription: String { words }

        init(_ change: @escaping @Sendable (String) -> String, _ words: String) {
            (self.change, self.words) = (change, words)
        }
    }

    static let broken = [
        Damage({ String($0.dropLast(10)) }, "JSON: Unexpected end of file"),
        Damage({ _ in "" }, "JSON"),
        Damage({ _ in "[1, 2]" }, "an object"),
        Damage({ $0.replacingOccurrences(of: "\"T\": 1", with: "\"T\": \"one\"") }, "T: not a whole number"),
        Damage(
            { $0.replacingOccurrences(of: "\"T\": 1", with: "\"T\": 2") }, "X: the shape is not [2][1][1]"),
        Damage({ $0.replacingOccurrences(of: "\"H\": 1", with: "\"H\": 3") }, "Wx"),
        Damage({ $0.replacingOccurrences(of: "\"H\": 1", with: "\"H\": 4611686018427387904") }, "H"),
        Damage({ $0.replacingOccurrences(of: "\"B\": 1", with: "\"B\": -1") }, "B"),
        Damage({ $0.replacingOccurrences(of: "\"tanh\"", with: "\"swish\"") }, "swish"),
        Damage({ $0.replacingOccurrences(of: "halfSquaredError", with: "hinge") }, "hinge"),
        Damage({ $0.replacingOccurrences(of: "\"lengths\": [1]", with: "\"lengths\": [0]") }, "lengths"),
        Damage({ $0.replacingOccurrences(of: "\"E\"", with: "\"F\"") }, "E: missing"),
        Damage(
            { $0.replacingOccurrences(of: "\"s0\": [[", with: "\"s0\": [[NaN, ") },
            "JSON: Invalid value around character"
        ),
        Damage(
            { $0.replacingOccurrences(of: "\"s0\": [[", with: "\"s0\": [[1e999, ") },
            "JSON: Number 1e999 is not representable"
        ),
        Damage({ $0.replacingOccurrences(of: "\"by\": [", with: "\"by\": [1, ") }, "by"),
    ]

    @Test(arguments: broken)
    func brokenCasesAreRefusedInOneLine(damage: Damage) throws {
        let text = damage.change(try #require(Self.good))
        try Fixtures.withTemporaryFolder { folder in
            let path = folder + "/case.json"
            try text.write(toFile: path, atomically: false, encoding: .utf8)
            let error = try #require(throws: FileError.self) { try RecordedCase(contentsOf: path) }
            #expect(error.path == path && error.description.contains(damage.words), "\(error)")
            #expect(!error.description.contains("\n"))
        }
    }

    @Test func aClassOutOfRangeIsNamed() throws {
        let name = Fixtures.folder.appendingPathComponent("Cases/tanh-cross-entropy.json")
        let text = try String(contentsOf: name, encoding: .utf8)
        let start = try #require(text.range(of: "\"D\": [["))
        let changed = text.replacingCharacters(
            in: start.upperBound..<text.index(after: start.upperBound), with: "9")
        try Fixtures.withTemporaryFolder { folder in
            try changed.write(toFile: folder + "/case.json", atomically: false, encoding: .utf8)
            let recorded = try RecordedCase(contentsOf: folder + "/case.json")
            #expect(throws: DataError.classOutOfRange(sequence: 0, step: 0, index: 9, classes: 4)) {
                try Verification(recorded, in: Double.self)
            }
        }
    }
}
