import Foundation
import Testing

@testable import RecurrentCommand

@Suite struct HelpTests {
    static let subcommands = RNN.configuration.subcommands.compactMap { $0.configuration.commandName }

    @Test func helpNamesCommandsExamplesAndExitStatuses() throws {
        let help = try Command.run(["--help"])
        #expect(help.status == 0 && help.errors.isEmpty && Self.subcommands.count >= 4)
        for word in Self.subcommands + ["Examples:", "Exit status:", "  64  ", "  130  ", "NO_COLOR"] {
            #expect(help.output.contains(word), "\(word)")
        }
        #expect(ExitStatus.allCases.map(\.rawValue) == [0, 1, 64, 130])
    }

    @Test(arguments: subcommands)
    func theHelpOfEachCommandEndsWithExamples(name: String) throws {
        let help = try Command.run([name, "--help"])
        let examples = try #require(help.output.components(separatedBy: "Examples:\n").dropFirst().first)
        let lines = examples.components(separatedBy: "\n\n")[0].split(separator: "\n")
        #expect(lines.count >= 2 && lines.contains { $0.hasPrefix("  rnn \(name)") }, "\(help.output)")
        // A line that ArgumentParser has wrapped begins at the margin, or not with a command.
        #expect(lines.allSatisfy { $0.hasPrefix("  rnn ") || $0.hasPrefix("    ") }, "\(lines)")
    }

    /// The commands in a text, after the shell has resolved continued lines, comments, quotes and redirections.
    private static func commands(in text: String) -> [[String]] {
        text.replacing("\\\n", with: " ").split(separator: "\n").compactMap { line in
            let line = line.trimmingCharacters(in: .whitespaces)
            guard line.hasPrefix("rnn ") || line.hasPrefix("swift run -c release rnn ") else { return nil }
            let command = line.components(separatedBy: " # ")[0].components(separatedBy: " > ")[0]
            // Every second part is quoted.
            let words = command.components(separatedBy: "'").enumerated().flatMap { index, part in
                index % 2 == 1 ? [part] : part.split(separator: " ").map(String.init)
            }
            return Array(words.drop { $0 != "rnn" }.dropFirst())
        }
    }

    @Test func theExamplesOfHelpAndReadmeAreUnderstood() throws {
        let readme = URL(fileURLWithPath: #filePath).appending(path: "../../../README.md").standardized
        let pages = try Self.subcommands.map { try Command.run([$0, "--help"]).output }
        let text = try String(contentsOf: readme, encoding: .utf8) + pages.joined(separator: "\n")
        let commands = Self.commands(in: text).filter { !$0.contains("--generate-completion-script") }
        #expect(commands.count > 40)
        for command in commands {
            #expect(throws: Never.self, "\(command)") { try RNN.parseAsRoot(command) }
        }
    }

    @Test func unknownCommandsAreWrongUsage() throws {
        let command = try Command.run(["no-such-command"])
        #expect(command.status == ExitStatus.wrongOptions.rawValue && command.output.isEmpty)
    }

    @Test func theVersionIsOneLine() throws {
        let command = try Command.run(["--version"])
        #expect(command.status == 0 && command.output == "\(RNN.version)\n")
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func completionScriptsKnowOptionsAndParse(shell: String) throws {
        _ = try Command.run(["--generate-completion-script", shell]) { command, folder in
            #expect(command.status == 0 && command.errors.isEmpty)
            for word in Self.subcommands + ["format", "temporal-xor", "safetensors", "csv"] {
                #expect(command.output.contains(word), "\(word)")
            }
            guard let path = Self.path(of: shell) else { return }
            let check = Process()
            check.executableURL = path
            check.arguments = ["-n", folder.appendingPathComponent(".out").path]
            try check.run()
            check.waitUntilExit()
            #expect(check.terminationStatus == 0)
        }
    }

    /// The path of a shell, or nil if it is not installed.
    private static func path(of shell: String) -> URL? {
        ["/bin/", "/usr/bin/", "/usr/local/bin/"].map { $0 + shell }
            .first { FileManager.default.isExecutableFile(atPath: $0) }.map { URL(fileURLWithPath: $0) }
    }

    @Test func helpIsThereAtOnce() throws {
        let clock = ContinuousClock()
        let times = try (0..<5).map { _ in try clock.measure { _ = try Command.run(["--help"]) } }
        // The fastest of five takes 50 ms on a quiet machine; the limit leaves room for a busy one.
        #expect(times.min() ?? .zero < .milliseconds(250), "\(times)")
    }
}
