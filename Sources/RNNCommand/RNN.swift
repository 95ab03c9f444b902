import ArgumentParser

/// The command `rnn`.
@main
struct RNN: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rnn",
        abstract: "Elman networks unfolded in time, trained by backpropagation through time.",
        subcommands: [
            ForecastCommand.self, VerifyCommand.self, ReproduceCommand.self, DoctorCommand.self,
        ])
}
