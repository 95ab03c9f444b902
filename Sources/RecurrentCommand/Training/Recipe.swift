/// The settings of a training that the user can choose.
struct Recipe {
    /// H
    var stateWidth: Int
    var epochs: Int
    /// B
    var batchSize: Int
    /// The peak of the schedule.
    var learningRate: Double
    /// T, where long sequences are cut into windows.
    var window = 0

    func with(_ options: TrainingOptions) -> Recipe {
        Recipe(
            stateWidth: options.stateWidth ?? stateWidth, epochs: options.epochs ?? epochs,
            batchSize: options.batchSize ?? batchSize, learningRate: options.learningRate ?? learningRate,
            window: options.window ?? window)
    }
}
