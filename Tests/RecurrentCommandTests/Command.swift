import Foundation
import Testing

/// The command as a person runs it: a process in a folder of its own.
struct Command {
    let status: Int32
    let output: String
    let errors: String
    /// The files that it left in the folder, with relative paths.
    let files: [String]

    private static let products = URL(fileURLWithPath: CommandLine.arguments[0])
        .resolvingSymlinksInPath().deletingLastPathComponent()

    /// `rnn` of the release build, which `make test` makes first, or else `rnn` as it was built with the tests.
    static let executable: URL = {
        let release = products.deletingLastPathComponent().appendingPathComponent("release/rnn")
        let isThere = FileManager.default.isExecutableFile(atPath: release.path)
        return isThere ? release : products.appendingPathComponent("rnn")
    }()

    /// Runs `rnn` with these arguments in a new folder that holds `input`, and removes the folder.
    static func run(
        _ arguments: [String], input: [String: Data] = [:], executable: URL = executable
    ) throws -> Command {
        try run(arguments, input: input, executable: executable) { _, _ in }
    }

    /// The same, with a look into the folder before it is removed.
    static func run(
        _ arguments: [String], input: [String: Data] = [:], executable: URL = executable,
        then inspect: (Command, URL) throws -> Void
    ) throws -> Command {
        try inNewFolder { folder in
            for (name, data) in input { try data.write(to: folder.appendingPathComponent(name)) }
            let (output, errors) = (
                folder.appendingPathComponent(".out"), folder.appendingPathComponent(".err")
            )
            let process = try start(arguments, in: folder, executable, output: output, errors: errors)
            process.waitUntilExit()
            let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            let command = Command(
                status: process.terminationStatus,
                output: try String(contentsOf: output, encoding: .utf8),
                errors: try String(contentsOf: errors, encoding: .utf8),
                files: names.filter { ![".out", ".err"].contains($0) && input[$0] == nil }.sorted())
            try inspect(command, folder)
            return command
        }
    }

    /// The output of `rnn` in an existing folder; it must succeed.
    static func output(
        _ arguments: [String], in folder: URL, executable: URL = executable
    ) throws -> String {
        try inNewFolder { own in
            let (output, errors) = (own.appendingPathComponent("out"), own.appendingPathComponent("err"))
            let process = try start(arguments, in: folder, executable, output: output, errors: errors)
            process.waitUntilExit()
            let problem = try String(contentsOf: errors, encoding: .utf8)
            try #require(process.terminationStatus == 0, "\(arguments): \(problem)")
            return try String(contentsOf: output, encoding: .utf8)
        }
    }

    /// Starts `rnn` in an existing folder, with standard output and error in files, or thrown away.
    static func start(
        _ arguments: [String], in folder: URL, _ executable: URL = executable, output: URL? = nil,
        errors: URL? = nil
    ) throws -> Process {
        func handle(_ file: URL?) throws -> FileHandle {
            guard let file else { return .nullDevice }
            try Data().write(to: file)
            return try FileHandle(forWritingTo: file)
        }
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardOutput = try handle(output)
        process.standardError = try handle(errors)
        try process.run()
        return process
    }

    /// Calls `body` with a new folder, and removes the folder.
    static func inNewFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }
}
