import Foundation
import Testing

@testable import RecurrentCommand

/// util-linux's `script` starts a command on a terminal of its own.
private let script = "/usr/bin/script"

/// The command with a terminal as standard error.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: script)))
struct TerminalTests {
    /// The drawings of `rnn` on a terminal of `columns` columns; 0 for a terminal that does not know its size.
    private func drawings(columns: Int, environment: String) throws -> [Substring] {
        let rnn = "'\(Command.executable.path)' reproduce temporal-xor > /dev/null"
        let line = "stty cols \(columns); env -u NO_COLOR -u COLUMNS \(environment) \(rnn)"
        let command = try Command.run(
            ["-qec", line, "/dev/null"], executable: URL(fileURLWithPath: script))
        #expect(command.status == 0 && !command.output.contains("\n"), "\(command.output)")
        return command.output.split(separator: "\r")
    }

    @Test func aTerminalGetsABarOfItsWidthInColours() throws {
        let drawings = try drawings(columns: 50, environment: "TERM=xterm")
        #expect(drawings.count >= 3 && drawings[0].hasPrefix("temporal-xor  \u{1B}[32m"))
        #expect(drawings.contains { $0.contains("━") } && drawings.contains { $0.contains(" left") })
        for drawing in drawings {
            let text = ["\u{1B}[32m", "\u{1B}[0;2m", "\u{1B}[0m"].reduce(String(drawing)) {
                $0.replacingOccurrences(of: $1, with: "")
            }
            #expect(text.count <= 49 && !text.contains("\u{1B}"), "\(text)")
        }
        #expect(drawings.last?.allSatisfy { $0 == " " } == true, "the bar is removed")
    }

    @Test func aLogThatCannotBeWrittenDoesNotEndTheWork() throws {
        let line = "'\(Command.executable.path)' train series --seeds 1 --epochs 2 --run r"
        for redirection in ["2> /dev/full", "2>&-"] {
            let command = try Command.run(
                ["-c", "\(line) \(redirection)"], executable: URL(fileURLWithPath: "/bin/sh"))
            #expect(command.status == 0 && command.files.count == 5, "\(redirection)")
        }
    }

    @Test func noColourAndColumnsAreHonoured() throws {
        let drawings = try drawings(columns: 0, environment: "TERM=xterm NO_COLOR=1 COLUMNS=40")
        #expect(drawings.contains { $0.contains("━") } && !drawings.contains { $0.contains("\u{1B}") })
        #expect(drawings.allSatisfy { $0.count <= 39 })
    }
}
