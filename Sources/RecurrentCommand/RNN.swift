import ArgumentParser
import Foundation
// Visible in every file of the command.
@_exported import RecurrentPresentation

/// The command `rnn`.
@main
struct RNN: AsyncParsableCommand {
    static let version = "0.6.0"

    static let configuration = CommandConfiguration(
        commandName: "rnn",
        abstract: "Train and use recurrent networks by backpropagation through time: Elman, LSTM, GRU.",
        discussion: """
            Results go to standard output: as text or, for programs, with --format json or csv. \
            Progress and errors go to standard error, in colour only on a terminal and unless \
            NO_COLOR is set.

            Examples:
              rnn train series                      five networks, a table and a report
              rnn forecast runs/series
              rnn train language --seeds 1 --cell lstm
              rnn generate runs/language --prompt 'And Jesus '
              rnn inspect runs/language
              rnn explain
              rnn reproduce --all --format csv > results.csv

            Completions for bash, zsh or fish:
              rnn --generate-completion-script bash \\
                > ~/.local/share/bash-completion/completions/rnn

            \(ExitStatus.help)
            """,
        version: version,
        subcommands: [
            TrainCommand.self, EvaluateCommand.self, PredictCommand.self, GenerateCommand.self,
            ForecastCommand.self, InspectCommand.self, ExplainCommand.self, ReproduceCommand.self,
            VerifyCommand.self, DoctorCommand.self,
        ])

    /// ArgumentParser's `main`, except that control characters in an error message, which may come from a file or
    /// the command line, are replaced.
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
