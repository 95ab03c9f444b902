import RecurrentLinearAlgebra
import Recurrent

/// A use of recurrent networks: data, a network and its training, what it is judged by, and what else could do.
protocol Application: SendableMetatype {
    associatedtype Model: TrainedModel

    /// What the command calls it.
    static var name: String { get }
    /// In a line.
    static var summary: String { get }
    /// The options for one's own data that mean something to it.
    static var options: Set<String> { get }

    /// Reads its data: one's own, or those that come along.
    init(_ options: TrainingOptions) throws

    var measure: Measure { get }
    /// How many parts of the data are held out, one after the other; 1 where there is one part to be tested on.
    var folds: Int { get }
    /// What a report says of data and settings.
    var facts: [RunDescription.Fact] { get }

    /// The training of a network that is tested on the held-out part `fold`, counted from 0.
    func plan(fold: Int, seed: UInt64) throws -> TrainingPlan<Model.Element>
    /// A trained network with all that is needed to use it.
    func model(_ network: RecurrentNetwork<Model.Element>, fold: Int) throws -> Model
    /// What the network of a fold has not seen.
    func heldOut(fold: Int) throws -> Model.TestData
    /// Measures of models that need no recurrent network, over all parts.
    func baselines() throws -> [Baselines.Entry]
    /// What a trained network does, for the report.
    func findings(_ model: Model, fold: Int) throws -> [Finding]
}

extension Application {
    /// A model, if it is the one that the first network of a run on these data became.
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

/// All of them.
let applications: [any Application.Type] = [
    TimeSeriesPrediction.self, LanguageModelling.self, SentimentAnalysis.self, SpeechRecognition.self,
    GestureRecognition.self,
]

/// A network at its beginning, and how it is trained.
struct TrainingPlan<S: Scalar> {
    let network: RecurrentNetwork<S>
    let data: TrainingData<S>
    var validation: TrainingData<S>?
    let settings: TrainingSettings
    /// A few sequences on which the network is looked into after every epoch.
    let probe: Probe<S>
}

/// A batch that stays the same, with what the network should make of it.
struct Probe<S: Scalar> {
    let batch: SequenceBatch<S>
    let objective: Objective<S>
}

/// How long a schedule is.
func stepCount(sequences: Int, batchSize: Int, epochs: Int) -> Int {
    epochs * ((sequences + batchSize - 1) / batchSize)
}
