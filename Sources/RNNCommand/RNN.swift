import ArgumentParser

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
}
