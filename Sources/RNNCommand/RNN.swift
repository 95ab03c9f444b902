import ArgumentParser
import Foundation

/// The command `rnn`.
@main
struct RNN: AsyncParsableCommand {
    static let version = "0.5.0"

    static let configuration = CommandConfiguration(
        commandName: "rnn",
        abstract: "Elman networks unfolded in time, trained by backpropagation through time.",
        discussion: """
            Results go to standard output, as text for people or, with --format json or csv, for \
            programs; progress and errors go to standard error, with colours only on a terminal and \
            without NO_COLOR.

            Examples:
              rnn train series                      five networks, a table and a report
              rnn forecast runs/series
              rnn train language --seeds 1
              rnn generate runs/language --prompt 'And Jesus '
              rnn inspect runs/language
              rnn explain
              rnn reproduce --all --format csv > results.csv

            Completions for a shell, bash, zsh or fish:
              rnn --generate-completion-script bash \\
                > ~/.local/share/bash-completion/completions/rnn

            \(ExitStatus.help)
            """,
        version: version,
        subcommands: [
            TrainCommand.self, EvaluateCommand.self, PredictCommand.self, GenerateCommand.self,
            ForecastCommand.self, InspectCommand.self, ExplainCommand.self, ReproduceCommand.self,
            VerifyCommand.self,
            DoctorCommand.self,
        ])

    /// As ArgumentParser has it; but what comes from a file or the command line must not steer the terminal.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            let message = fullMessage(for: error)
            let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
            let printable = lines.map { String($0).printable }.joined(separator: "\n")
            if printable == message { exit(withError: error) }
            Screen.standardError.write(printable + "\n")
            Foundation.exit(exitCode(for: error).rawValue)
        }
    }
}
