import Foundation
import Recurrent
import TestSupport
import Testing

/// A recorded case of format 2 that a test changes before it is read.
struct CellCase {
    static let folder = Fixtures.folder.appendingPathComponent("Cells")

    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".json") }.sorted()
    }()

    private var object: [String: Any]

    /// - Parameter name: that of the fixture, without its ending.
    init(_ name: String) throws {
        let data = try Data(contentsOf: Self.folder.appendingPathComponent(name + ".json"))
        object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    subscript(key: String) -> Any? {
        get { object[key] }
        set { object[key] = newValue }
    }

    /// A value of the object `weights` or `gradients`.
    subscript(part: String, name: String) -> Any? {
        get { (object[part] as? [String: Any])?[name] }
        set {
            var values = object[part] as? [String: Any] ?? [:]
            values[name] = newValue
            object[part] = values
        }
    }

    var gradientNames: [String] { (object["gradients"] as? [String: Any] ?? [:]).keys.sorted() }

    var data: Data { get throws { try JSONSerialization.data(withJSONObject: object) } }

    /// The quantities that deviate in Double.
    var deviating: [String] {
        get throws {
            let recorded = try JSONDecoder().decode(RecordedCase.self, from: data)
            return try Verification(recorded, in: Double.self).deviations
                .filter { $0.relative > Verification.tolerance(of: Double.self) }.map(\.quantity)
        }
    }

    /// The error that reading the case gives, in one line.
    var problem: String? {
        get throws {
            try Fixtures.withTemporaryFolder { folder in
                try data.write(to: URL(fileURLWithPath: folder + "/case.json"))
                return #expect(throws: FileError.self) {
                    try RecordedCase(contentsOf: folder + "/case.json")
                }?
                .problem
            }
        }
    }

    /// Nested numbers, the first one greater by 0.001.
    static func nudged(_ value: Any?) -> Any {
        if let list = value as? [Any] { return [nudged(list[0])] + list.dropFirst() }
        return (value as? Double ?? 0) + 0.001
    }

    /// The rows of two gates exchanged, of `count` gates in all.
    static func exchanging(_ first: Int, _ second: Int, of count: Int, _ value: Any?) -> Any {
        let rows = value as? [Any] ?? []
        let height = rows.count / count
        var order = Array(0..<count)
        order.swapAt(first, second)
        return order.flatMap { rows[$0 * height..<($0 + 1) * height] }
    }
}
