import ArgumentParser
import Recurrent

/// A use of recurrent networks: data, a network and its training, a measure, and simpler models for comparison.
protocol Application: SendableMetatype {
    associatedtype Model: TrainedModel

    /// The name on the command line.
    static var name: String { get }
    /// A summary in one line.
    static var summary: String { get }
    /// The options of `rnn train` that apply to it, beside those that apply to all applications.
    static var options: Set<String> { get }

    /// The number of seeds by default.
    static var seeds: Int { get }
    /// True if the network is run step by step, so that it cannot read backwards.
    static var isRunStepByStep: Bool { get }

    /// Reads its data: the user's own, or the bundled data set.
    init(_ options: TrainingOptions) throws

    var measure: Measure { get }
    /// The number of parts of the data that are held out, one after the other; 1 for a single test set.
    var folds: Int { get }
    /// Facts about data and settings, for the report.
    var facts: [RunDescription.Fact] { get }

    /// The training of a network that is tested on a held-out part.
    ///
    /// - Parameter fold: the held-out part, counted from 0.
    func plan(fold: Int, seed: UInt64) throws -> TrainingPlan<Model.Element>
    /// A trained network with everything needed to use it.
    func model(_ network: RecurrentNetwork<Model.Element>, fold: Int) throws -> Model
    /// The held-out part of the data.
    func heldOut(fold: Int) throws -> Model.TestData
    /// The scores of simpler models, as means over the folds.
    func baselines() throws -> [Baselines.Entry]
    /// Examples of what a trained network does, for the report.
    func findings(_ model: Model, fold: Int) throws -> [Finding]
}

extension Application {
    static var seeds: Int { 5 }
    static var isRunStepByStep: Bool { false }

    /// - Throws: `ValidationError` for an option that does not apply.
    static func require(_ options: TrainingOptions) throws {
        try options.require(only: self.options, for: name)
        guard isRunStepByStep, let directions = options.network.directions, directions != .forward else {
            return
        }
        throw ValidationError(
            "--directions \(directions.rawValue) does not apply to \(name): its network is run step by step, so it cannot read backwards; leave the option out."
        )
    }

    /// `model` as a model of this application.
    ///
    /// - Throws: `CommandFailure` unless the first network of a run on this data became the model.
    func own(_ model: any TrainedModel, of path: String) throws -> Model {
        guard let model = model as? Model,
            try self.model(model.network, fold: 0).metadata == model.metadata
        else {
            throw CommandFailure(
                "\(path): this model was not trained by the run that run.json describes; give data with --data"
            )
        }
        return model
    }
}

/// All applications.
let applications: [any Application.Type] = [
    TimeSeriesPrediction.self, LanguageModelling.self, SentimentAnalysis.self, SpeechRecognition.self,
    GestureRecognition.self,
]
