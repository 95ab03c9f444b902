import ArgumentParser

/// The trained network that a command uses.
struct ModelArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The folder of a run, or a model file.", valueName: "run"), completion: .models)
    var path: String
}
