import Foundation
import Testing

/// The command as a person runs it: a process of its own, in a folder of its own.
struct Command {
    let status: Int32
    let output: String
    let errors: String
    /// What it left in the folder, with relative paths.
    let files: [String]

    /// `rnn` of the release build, which `make test` makes first; without one, as it was built together with the tests.
    static var executable: URL {
        let products = URL(fileURLWithPath: CommandLine.arguments[0])
            .resolvingSymlinksInPath().deletingLastPathComponent()
        let release = products.deletingLastPathComponent().appendingPathComponent("release/rnn")
        let isThere = FileManager.default.isExecutableFile(atPath: release.path)
        return isThere ? release : products.appendingPathComponent("rnn")
    }

    /// Runs `rnn` with these arguments in a new folder that holds `input`, and removes the folder.
    static func run(
        _ arguments: [String], input: [String: Data] = [:], executable: URL = executable
    ) throws -> Command {
        try run(arguments, input: input, executable: executable) { _, _ in }
    }

    /// The same, looking into the folder before it is removed.
    static func run(
        _ arguments: [String], input: [String: Data] = [:], executable: URL = executable,
        then inspect: (Command, URL) throws -> Void
    ) throws -> Command {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, data) in input { try data.write(to: folder.appendingPathComponent(name)) }

        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let (output, errors) = (folder.appendingPathComponent(".out"), folder.appendingPathComponent(".err"))
        for file in [output, errors] { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()

        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        let command = Command(
            status: process.terminationStatus,
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self),
            files: names.filter { ![".out", ".err"].contains($0) && input[$0] == nil }.sorted())
        try inspect(command, folder)
        return command
    }

    /// What `rnn` prints in a folder that is there already; it must succeed.
    static func output(
        _ arguments: [String], in folder: URL, executable: URL = executable
    ) throws -> String {
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let problem = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(arguments): \(problem)")
        return text
    }
}
