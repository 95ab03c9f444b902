import Foundation

/// An application that the command has trained, in `.build/trained`, where `make report-check` finds its report.
struct TrainedRun {
    let folder: URL
    /// The scores as CSV.
    let output: String

    /// Speech with two seeds, trained once for all tests.
    static let speech = Result { try TrainedRun("speech", seeds: 2) }

    init(_ application: String, seeds: Int, options: [String] = []) throws {
        let all = URL(fileURLWithPath: #filePath).appending(path: "../../../.build/trained").standardized
        folder = all.appendingPathComponent(application)
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: all, withIntermediateDirectories: true)
        output = try Command.output(
            ["train", application, "--seeds", "\(seeds)", "--run", application, "--format", "csv"] + options,
            in: all)
    }

    func data(_ name: String) throws -> Data { try Data(contentsOf: folder.appendingPathComponent(name)) }
}
